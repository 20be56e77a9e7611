import { dataContract, keyContract } from '../../shared/ipc/data.ts';
import type { dataEvents } from '../../shared/ipc/data.ts';
import { tokenDeadlinesMs } from '../../shared/ipc/token.ts';
import { client, emitterOf, serve } from '../host/contract.ts';
import { runHost } from '../host/run.ts';
import { DataHost } from './host.ts';

/** The key host may be restarted and logged in again behind one signature. */
const KEY_SIGN_DEADLINE_MS = tokenDeadlinesMs.sign + tokenDeadlinesMs.login;

void runHost((peer) => {
  const key = client(peer, keyContract, { 'key.sign': KEY_SIGN_DEADLINE_MS });
  const host = new DataHost({
    emit: emitterOf<typeof dataEvents>(peer),
    keySign: async (toBeSigned) => {
      const signed = await key['key.sign']({ toBeSigned });
      return signed.ok ? { ok: true, value: signed.value.signature } : signed;
    },
  });
  serve(peer, dataContract, host.handlers);
  return () => host.close();
});

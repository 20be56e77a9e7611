import { emitterOf, serve } from '../host/contract.ts';
import { runHost } from '../host/run.ts';
import { tokenContract, type TokenEvents } from '../../shared/ipc/token.ts';
import { loadDriver } from './driver-loading.ts';
import { TokenService } from './token-service.ts';

/** The token host's process; its life and its exits are described in shared/ipc/token.ts. */
void runHost((peer) => {
  const emit = emitterOf<TokenEvents>(peer);
  const service = new TokenService({
    loadDriver,
    emitPresence: (presence) => {
      emit('presence', presence);
    },
    exit: (code) => process.exit(code),
  });
  serve(peer, tokenContract, service);
  return () => {
    service.close();
  };
});

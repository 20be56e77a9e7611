// Loaded before a program under test: `node --import test/soak/hook/preload.ts electron/data/main.ts`.
import { registerHooks } from 'node:module';
import { ControlReader } from './control-page.ts';
import { readHookTerms } from './hook-terms.ts';
import { applyEdits, shortWaits, wrongClients } from './source-edits.ts';

const terms = readHookTerms();
const edits = [...shortWaits, ...(terms.wrongClient ? wrongClients[terms.wrongClient] : [])];

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!edits.some(({ file }) => url.endsWith(file))) return loaded;
    const { source } = loaded;
    if (source === undefined) throw new Error(`${url} has no source to edit`);
    const text = typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString();
    return { ...loaded, source: applyEdits(url, text, edits) };
  },
});

if (terms.control !== undefined && terms.killLog !== undefined) {
  const { Steps } = await import('./steps.ts');
  const { snapshotsInto } = await import('./snapshots.ts');
  const watch = snapshotsInto(terms.snapshotFolder);
  new Steps(new ControlReader(terms.control), terms.killLog, watch);
}

// Loaded before a program under test, in its process: `node --require hook.cjs data.cjs`.
import { ControlReader } from './control-page.ts';
import { readHookTerms } from './hook-terms.ts';
import { Steps } from './steps.ts';

const { control, killLog } = readHookTerms();
new Steps(new ControlReader(control), killLog);

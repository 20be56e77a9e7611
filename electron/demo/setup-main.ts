import { parseArgs } from 'node:util';
import { tellParent } from './parent.ts';
import { DEFAULT_UNIT, type KeyChoice, keyChoices, setUpPractice } from './setup.ts';

/** 演练准备：建立演示证书、演示钥匙和配置文件。One JSON line on stdout, the same to the parent. */
const USAGE =
  'node electron/demo/setup-main.ts --folder <folder> [--key auto|softhsm|software] [--unit 9900000500]';

const LEAVE_DELAY_MS = 500;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      key: { type: 'string', default: 'auto' },
      unit: { type: 'string', default: DEFAULT_UNIT },
    },
  });
  const key = keyChoices.find((choice): choice is KeyChoice => choice === values.key);
  if (values.folder === undefined || key === undefined) throw new Error(`usage: ${USAGE}`);
  const setup = await setUpPractice({ folder: values.folder, key, unit: values.unit });
  process.stdout.write(`${JSON.stringify(setup)}\n`);
  tellParent(setup);
  leave();
}

/** An open channel to the parent keeps a process alive; the message is given time to get out. */
function leave(): void {
  if (process.connected) process.disconnect();
  if ('parentPort' in process) setTimeout(() => process.exit(), LEAVE_DELAY_MS);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  leave();
});

import { resolve } from 'node:path';
import { tellParent } from './parent.ts';
import { HELP, readOptions, UsageError } from './options.ts';
import {
  FROZEN_NUMBER,
  practiceFailures,
  PRACTICE_PASSWORD,
  PRACTICE_PIN,
  PRACTICE_READER,
  PRACTICE_USER,
  practiceUnits,
} from './people/units.ts';
import { configurationFile } from './setup.ts';
import { type RunningCentre, startCentre } from './start.ts';

/** The demo gateway and centre as a program; what it takes stands in `HELP`. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(HELP);
    return;
  }
  const running = await startCentre(options, reportFault);
  endOnSignal(running);
  const where = `https://${options.host}:${running.port}/wl/v1`;
  process.stdout.write(`${describe(running, where, resolve(options.folder))}\n`);
  tellParent({ ready: true, port: running.port });
}

/** One line: what it is, where, and how to get in. */
function describe({ centre }: RunningCentre, where: string, folder: string): string {
  const units = practiceUnits.map(({ account, name, people }) => `${account} ${name} ${people}人`);
  return [
    `演示网关与演示公积金中心（数据均为虚构） ${where}`,
    `配置 ${configurationFile(folder)}`,
    `中心时间 ${centre.clock.nowIso()}`,
    `单位 ${units.join('，')}`,
    `用户 ${PRACTICE_USER}（${PRACTICE_READER} 只可查询） 交易密码 ${PRACTICE_PASSWORD} 网银盾口令 ${PRACTICE_PIN}`,
    `审核必失败 ${practiceFailures.active.name} ${practiceFailures.active.idNumber}`,
    `批量处理必失败 个人客户号以 ${String(FROZEN_NUMBER).padStart(7, '0')} 结尾的职工`,
  ].join(' | ');
}

function endOnSignal(running: RunningCentre): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        reportFault(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, end);
  // a forked centre ends with whoever forked it
  process.once('disconnect', end);
}

function reportFault(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${HELP}`);
  else reportFault(error);
  process.exit(error instanceof UsageError ? 2 : 1);
});

// The guided tour: the main job in the real window, from the key to the signed receipt, with a
// numbered picture of each step. `node build/tour/tour.ts FOLDER` (started by `npm start`
// where there is no display).
import fs from 'node:fs';
import path from 'node:path';
import { rosterQuery } from '../../renderer/text/roster-query.ts';
import { entry } from '../../renderer/text/entry.ts';
import { checkCharacter } from '../../shared/rules/identity.ts';
import { ensureBundle } from '../bundle.mjs';
import { ensureElectronRuntime } from '../electron-runtime.mjs';
import { electronArguments, electronEnvironment, openPrivateDisplay } from '../launch.mjs';
import { readWindow } from './ask.ts';
import { Clerk } from './clerk.ts';
import { openProgram } from './program.ts';

const REVIEW_DEADLINE_MS = 90_000;

let taken = 0;

/** Made-up people: area 990198 exists nowhere. */
const newcomers = [
  { name: '赵一', birth: '19900101', order: '101', base: '8000.00' },
  { name: '钱多多', birth: '19851231', order: '102', base: '2000.00' },
  { name: '买买提·艾力', birth: '20000229', order: '103', base: '12345.50' },
].map(({ name, birth, order, base }) => {
  const head = `990198${birth}${order}`;
  return { name, idNumber: head + checkCharacter(head), base };
});

const pictures = path.resolve(process.argv[2] ?? 'out/tour');
fs.rmSync(pictures, { recursive: true, force: true });
fs.mkdirSync(pictures, { recursive: true });

const runtime = await ensureElectronRuntime();
await ensureBundle();
const display = await openPrivateDisplay();
const launch = {
  executablePath: runtime.program,
  args: electronArguments(),
  env: electronEnvironment(runtime, display.env),
};
const userFolder = path.join(pictures, '.data');
const program = await openProgram(launch, userFolder, ['--demo']);
try {
  await walk(new Clerk(program.page));
} finally {
  await program.close();
  display.stop();
  fs.rmSync(userFolder, { recursive: true, force: true });
}

async function walk(clerk: Clerk): Promise<void> {
  const { page } = clerk;
  const { hints } = await readWindow(page, 'app.describe', {});
  if (!hints) throw new Error('this is not the practice set-up');
  await page.getByText(hints.pin).waitFor();
  await picture(clerk, '外联平台：网银盾已插入');
  await clerk.startPlatform(hints.pin);
  await picture(clerk, '登录：首次登录要同步');
  await clerk.signIn(hints.transactionPassword, { sync: true });
  await clerk.open('roster-sync');
  await clerk.waitForSync();
  await picture(clerk, '职工信息同步：已完成');
  await clerk.open('today');
  await picture(clerk, '今日');
  await clerk.open('roster-query');
  await page.getByLabel(rosterQuery.search, { exact: true }).waitFor();
  await clerk.search('zh');
  await page.getByRole('row').nth(2).waitFor();
  await picture(clerk, '职工缴存明细查询：拼音首字母');
  await clerk.open('registration');
  await picture(clerk, '职工登记：空队列');
  for (const newcomer of newcomers) {
    await clerk.enter(newcomer);
    await clerk.queueRow(newcomer.name).waitFor();
  }
  await clerk.field('name').fill('欧阳文');
  await clerk.field('base').fill('9000');
  await picture(clerk, '职工登记：录入与待确认队列');
  await clerk.button(entry.clear).click();
  await clerk.confirm();
  const accepted = await clerk.waitForReceipt();
  await picture(clerk, '职工登记：中心已受理');
  await clerk.leaveDialogue();
  await clerk.open('registration-results');
  await page
    .getByRole('row')
    .filter({ hasText: accepted.serialNumber })
    .getByRole('button', { name: /全部/ })
    .click();
  await picture(clerk, '职工登记信息查询：中心审核中');
  await page
    .getByRole('row')
    .filter({ hasText: newcomers[0]?.name ?? '' })
    .getByText('成功')
    .waitFor({ timeout: REVIEW_DEADLINE_MS });
  await picture(clerk, '职工登记信息查询：已审核');
  await clerk.open('about');
  await picture(clerk, '关于');
  say(`业务流水号 ${accepted.serialNumber}`);
  say(`回执号 ${accepted.receiptNumber}`);
  say(`图片在 ${pictures}`);
}

async function picture({ page }: Clerk, what: string): Promise<void> {
  taken += 1;
  const number = String(taken).padStart(2, '0');
  // What moves has come to rest: the pictures also stand in the help.
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(pictures, `${number}.png`) });
  say(`${number} ${what}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

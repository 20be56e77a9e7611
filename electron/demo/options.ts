import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from '../../shared/wire/limits.ts';
import { practiceUnits } from './people/units.ts';
import { DEFAULT_PORT, DEFAULT_UNIT, type KeyChoice, keyChoices } from './setup.ts';

export interface CentreOptions {
  readonly folder: string;
  readonly port: number;
  readonly host: string;
  readonly reviewMs: number;
  readonly batchMs: number;
  /** What the centre's clock shall show at the start. */
  readonly nowMs: number | null;
  readonly hours: 'real' | 'always';
  readonly key: KeyChoice;
  readonly unit: string;
  readonly sessionIdleMs: number;
  readonly sessionLifeMs: number;
  readonly bodyIdleMs: number;
  readonly requestMs: number;
  readonly faults: string | null;
}

/** A mistake on the command line, in words for whoever typed it. */
export class UsageError extends Error {}

/** Null when help was asked for. Throws `UsageError`. */
export function readOptions(args: readonly string[]): CentreOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const key = keyChoices.find((choice) => choice === values.key);
  if (key === undefined) throw new UsageError(`--key ${values.key}`);
  if (values.hours !== 'real' && values.hours !== 'always') {
    throw new UsageError(`--hours ${values.hours}`);
  }
  if (!practiceUnits.some((unit) => unit.account === values.unit)) {
    throw new UsageError(`--unit ${values.unit}`);
  }
  return {
    folder: values.folder,
    host: values.host,
    hours: values.hours,
    key,
    unit: values.unit,
    faults: values.faults ?? null,
    port: readNumber('port', values.port, 65_535),
    nowMs: values.now === undefined ? null : readTime(values.now),
    reviewMs: readSeconds('review-seconds', values['review-seconds']),
    batchMs: readSeconds('batch-seconds', values['batch-seconds']),
    sessionIdleMs: readSeconds('session-idle-seconds', values['session-idle-seconds']),
    sessionLifeMs: readSeconds('session-life-seconds', values['session-life-seconds']),
    bodyIdleMs: readSeconds('body-idle-seconds', values['body-idle-seconds']),
    requestMs: readSeconds('request-seconds', values['request-seconds']),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', default: false, short: 'h' },
        folder: { type: 'string', default: join(homedir(), '.jiaocuntong-centre') },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string', default: '127.0.0.1' },
        'review-seconds': { type: 'string', default: '8' },
        'batch-seconds': { type: 'string', default: '10' },
        now: { type: 'string' },
        hours: { type: 'string', default: 'real' },
        key: { type: 'string', default: 'auto' },
        unit: { type: 'string', default: DEFAULT_UNIT },
        'session-idle-seconds': { type: 'string', default: String(SESSION_IDLE_MS / 1_000) },
        'session-life-seconds': { type: 'string', default: String(SESSION_LIFE_MS / 1_000) },
        'body-idle-seconds': { type: 'string', default: '15' },
        'request-seconds': { type: 'string', default: '150' },
        faults: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readNumber(name: string, text: string, max: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= max)) throw new UsageError(`--${name} ${text}`);
  return number;
}

/** Seconds, with a fraction if need be, as ms. */
function readSeconds(name: string, text: string): number {
  if (!/^\d{1,7}(\.\d{1,3})?$/.test(text)) throw new UsageError(`--${name} ${text}`);
  return Math.round(Number(text) * 1_000);
}

function readTime(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError(`--now ${text}`);
  return ms;
}

export const HELP = `演示网关与演示公积金中心  demo bank gateway and demo fund centre

  npm run centre -- [选项 options]
  node electron/demo/main.ts [选项 options]

一个独立运行的程序：银行外联平台网关（TLS 1.3）和住房公积金中心，有自己的数据库、证书和规则检查。
单位、职工和金额均为虚构。其他程序可以按 docs/wire.md 的 WL/1 协议与它联调：地址 POST /wl/v1，
证书和配置在 --folder 的 configuration.json。

A program of its own: the bank's gateway (TLS 1.3) and the fund centre behind it, with its own
database, certificates and check of the rules. All units, people and amounts are made up. Any
client of the WL/1 protocol (docs/wire.md) can be tested against it: POST /wl/v1, with the
authorities and names written to configuration.json in --folder.

  --folder F               数据文件夹，没有则建立   where everything is kept; made when missing
                           (~/.jiaocuntong-centre)
  --port N                 端口，0 为任意空闲端口   port, 0 for any free one        (${DEFAULT_PORT})
  --host H                 监听地址                 address to listen on            (127.0.0.1)
  --unit U                 演示钥匙所属单位         unit the demo key is made for   (${DEFAULT_UNIT})
  --key auto|softhsm|software
                           演示钥匙的种类           kind of the demo key            (auto)
  --review-seconds S       登记审核用时             time a 职工登记 is under review (8)
  --batch-seconds S        批量减少、补缴处理用时   time until a batch of 减少 or 补缴 has results
                           （单笔即时生效）         (10); single entries are effective at once
  --now ISO                中心时钟的起点           the centre's clock starts here  2026-11-25T10:00:00+08:00
  --hours real|always      办理时间：real 每日 9:00-16:30、21日至次月20日；
                           always 全天可办，遇到月末停办期，中心时钟前移到下一个办理日
                           filing hours: real as published; always opens the whole day and, between
                           two filing windows, moves the centre's clock on to the next filing day
  --session-idle-seconds S, --session-life-seconds S
                           会话时限                 life of a session               (1800, 28800)
  --body-idle-seconds S, --request-seconds S
                           接收请求的时限           deadlines for receiving         (15, 150)
  --faults FILE            仅供测试：按文件制造通信故障，见 electron/demo/faults.ts
                           for tests only: break the line as the file says
  --help                   显示本说明               this text

结束：Ctrl-C 或 SIGTERM。  End it with Ctrl-C or SIGTERM.
`;

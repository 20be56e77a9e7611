import type { DataFacts, Diagnostics } from '../../../shared/ipc/diagnostics.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import { orderStates } from '../../../shared/orders/states.ts';
import { diagnostics as words } from '../../text/diagnostics.ts';
import { countText } from '../../text/numbers.ts';
import { secondText } from '../../text/time.ts';
import {
  codeText,
  hostName,
  libraryPath,
  maskEnds,
  oneOf,
  productText,
  versionText,
} from './redaction.ts';

type Line = readonly [label: string, value: string];

export interface ReportSection {
  readonly title: string;
  readonly lines: readonly Line[];
}

const SYSTEMS = ['win32', 'linux', 'darwin'];
const ARCHITECTURES = ['x64', 'ia32', 'arm64'];
const PROTOCOLS = ['TLSv1.2', 'TLSv1.3'];
const MEBIBYTE = 1_048_576;
const SECOND_MS = 1000;

const yesNo = (is: boolean) => (is ? words.yes : words.no);
const mebibytes = (bytes: number) => `${(bytes / MEBIBYTE).toFixed(1)} MB`;
const timeOr = (iso: string | null) => (iso === null ? words.none : secondText(iso));

/** 诊断信息 as it is shown and copied: nothing else of the facts leaves the program. */
export function reportOf(facts: Diagnostics): ReportSection[] {
  const { data } = facts;
  return [
    { title: words.sections.program, lines: programLines(facts) },
    { title: words.sections.key, lines: keyLines(facts) },
    { title: words.sections.gateway, lines: gatewayLines(facts) },
    { title: words.sections.data, lines: data ? dataLines(data) : noData(facts) },
    ...(data ? orderSections(data) : []),
    {
      title: words.sections.failures,
      lines: listed(
        facts.failures.map(({ at, operation, code }): Line => [
          secondText(at),
          `${codeText(code)} ${operationText(operation)}`,
        ]),
      ),
    },
  ];
}

/** For the clipboard. */
export function reportText(sections: readonly ReportSection[]): string {
  return sections
    .map(({ title, lines }) =>
      [
        `【${title}】`,
        ...lines.map(([label, value]) => (value === '' ? label : `${label}：${value}`)),
      ].join('\n'),
    )
    .join('\n\n');
}

function listed(lines: readonly Line[]): readonly Line[] {
  return lines.length > 0 ? lines : [[words.none, '']];
}

/** An operation of a contract, such as `roster.sync`. */
function operationText(operation: string): string {
  return /^[a-z]+\.[A-Za-z]+$/.test(operation) ? operation : words.hidden;
}

const hostState = (state: string) => words.hostStates[state] ?? words.hidden;

function programLines({ at, program, system, hosts }: Diagnostics): Line[] {
  const { version, electron, chrome, node, startedAt, practice, dataProtected } = program;
  const runtime = `Electron ${versionText(electron)}, Chromium ${versionText(chrome)}, Node ${versionText(node)}`;
  return [
    [words.at, secondText(at)],
    [words.version, versionText(version)],
    [words.practice, yesNo(practice)],
    [words.startedAt, secondText(startedAt)],
    [words.runtime, runtime],
    [
      words.system,
      [
        oneOf(system.name, SYSTEMS),
        versionText(system.release),
        oneOf(system.architecture, ARCHITECTURES),
      ].join(' '),
    ],
    [
      words.memory,
      words.memoryOf(mebibytes(system.freeMemoryBytes), mebibytes(system.memoryBytes)),
    ],
    [words.hosts, words.hostsOf(hostState(hosts.data), hostState(hosts.token))],
    [words.dataProtected, yesNo(dataProtected)],
  ];
}

function keyLines({ key }: Diagnostics): Line[] {
  const driver = [productText(key.driver), versionText(key.driverVersion)].join(' ').trim();
  const tokens = key.tokens.flatMap((token, at): Line[] => [
    [
      words.token(at + 1),
      [
        `${words.reader} ${productText(token.reader) || words.none}`,
        `${words.model} ${productText(token.model) || words.none}`,
        `${words.serial} ${maskEnds(token.serial)}`,
        `${words.failedTries} ${token.failedTries}`,
        ...(token.pinLocked ? [words.locked] : []),
      ].join('，'),
    ],
  ]);
  return [
    [words.state, words.keyStates[key.state] ?? words.hidden],
    [words.driver, driver || words.none],
    [words.driverFile, libraryPath(key.modulePath) || words.none],
    ...(key.failure ? [[words.failure, codeText(key.failure)] as const] : []),
    ...(tokens.length > 0 ? tokens : [[words.noToken, ''] as const]),
    [words.loggedIn, yesNo(key.loggedIn)],
  ];
}

function gatewayLines({ gateway, data }: Diagnostics): Line[] {
  const offset = data ? words.seconds((data.clockOffsetMs / SECOND_MS).toFixed(1)) : words.none;
  return [
    [words.address, `${hostName(gateway.host)}:${gateway.port}`],
    [words.serverName, hostName(gateway.serverName)],
    [words.state, words.platformStates[gateway.state] ?? words.hidden],
    [words.channel, words.channelStates[gateway.channel] ?? words.hidden],
    [words.tls, oneOf(gateway.tlsProtocol, PROTOCOLS) || words.none],
    ...(gateway.failure ? [[words.failure, codeText(gateway.failure)] as const] : []),
    [words.clockOffset, offset],
  ];
}

function noData({ dataFailure }: Diagnostics): Line[] {
  return [[words.dataNone, dataFailure ? codeText(dataFailure) : '']];
}

function dataLines(data: DataFacts): Line[] {
  const rows = countText(data.auditRows);
  const { lastBackup, auditBrokenAt } = data;
  return [
    [words.unitAccount, maskEnds(data.unitAccount)],
    [words.sqlite, `SQLite ${versionText(data.sqlite)}, ${words.schema(data.schema)}`],
    [words.size, mebibytes(data.fileBytes)],
    [
      words.pages,
      words.pagesOf(countText(data.pages), countText(data.freePages), String(data.pageBytes)),
    ],
    [words.log, mebibytes(data.logBytes)],
    [
      words.audit,
      auditBrokenAt === null ? words.auditWhole(rows) : words.auditBroken(rows, auditBrokenAt),
    ],
    [
      words.backup,
      lastBackup
        ? `${secondText(lastBackup.at)} ${words.backupReasons[lastBackup.reason]}`
        : words.none,
    ],
    ...(data.backupFailed ? [[words.backupFailed, codeText(data.backupFailed)] as const] : []),
    [words.diskFull, yesNo(data.diskFull)],
    [words.roster, words.rosterOf(countText(data.rosterCount), data.rosterVersion)],
    [words.lastSync, timeOr(data.lastSyncAt)],
    [words.parameters, String(data.parametersVersion)],
  ];
}

function orderSections(data: DataFacts): ReportSection[] {
  const { orders, queue } = data;
  const queued = entryKindSchema.options.map((kind) => `${words.queueOf[kind]} ${queue[kind]}`);
  const states = orderStates.map((state) => `${words.orderStates[state]} ${orders[state]}`);
  return [
    {
      title: words.sections.orders,
      lines: [
        [words.queue, queued.join('，')],
        [words.counter, String(data.counter)],
        [words.orders, states.join('，')],
        [words.open, String(orders.signed + orders.sent)],
        [words.waiting, String(data.waitingOrders)],
        [words.lastReceipt, String(data.lastReceipt)],
        ...(data.stopped === '' ? [] : [[words.stopped, codeText(data.stopped)] as const]),
      ],
    },
    {
      title: words.sections.answers,
      lines: listed(data.answers.map(({ at, code }): Line => [secondText(at), codeText(code)])),
    },
  ];
}

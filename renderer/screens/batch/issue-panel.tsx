import { Checkbox, Select } from 'antd';
import { useMemo, useState } from 'react';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Batch } from '../../../shared/ipc/batches.ts';
import { severities } from '../../../shared/rules/issue.ts';
import type { Severity } from '../../../shared/rules/issue.ts';
import { ErrorMark } from '../../parts/error-link.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { batch as words } from '../../text/batch.ts';
import type { GridDesk } from './grid-desk.ts';
import { IssueList } from './issue-list.tsx';
import { useIssuePages } from './issue-pages.ts';
import type { IssuesShown } from './issue-pages.ts';
import { isCode } from './row-filter.tsx';

const first: readonly Severity[] = ['error', 'counter'];
const order: readonly Severity[] = ['error', 'counter', 'notice'];

interface IssuePanelProps {
  readonly desk: GridDesk;
  readonly batch: Batch;
  /** The clerk goes to a cell. */
  readonly onJump: () => void;
}

/** All issues of all rows: by severity, by code with counts; one leads to its cell. */
export function IssuePanel({ desk, batch, onJump }: IssuePanelProps) {
  const [chosen, setChosen] = useState<readonly Severity[]>(first);
  const { code } = desk.use().filter;
  const filter = useMemo(
    () => ({ severities: code === undefined ? chosen : severities, code }),
    [chosen, code],
  );
  const pages = useIssuePages(batch.id, filter, batch.revision);
  const shown = pages.get();
  return (
    <section className="issues" aria-label={words.issues}>
      <div className="issues-head">
        <h2>{words.issues}</h2>
        {shown.total !== undefined && (
          <span className="muted">{words.issueCount(shown.total)}</span>
        )}
      </div>
      <div className="issues-filter">
        {order.map((severity) => (
          <Checkbox
            key={severity}
            checked={chosen.includes(severity)}
            onChange={(event) => {
              const others = chosen.filter((one) => one !== severity);
              const next = event.target.checked ? [...others, severity] : others;
              if (next.length > 0) setChosen(next);
            }}
          >
            {words.severityCount(words.severities[severity], countIn(shown, severity))}
          </Checkbox>
        ))}
      </div>
      <Select
        className="issues-code"
        aria-label={words.codeLabel}
        value={code ?? ''}
        options={codeOptions(shown, chosen, code)}
        popupMatchSelectWidth={false}
        onChange={(next) => {
          const { show, text } = desk.state.filter;
          desk.setFilter(next === '' ? { show, text } : { show: 'all', text, code: next });
        }}
      />
      <FileNotices batch={batch} />
      {shown.failure && <FailureNote code={shown.failure.code} detail={shown.failure.detail} />}
      <IssueList batch={batch} desk={desk} pages={pages} filter={filter} onJump={onJump} />
    </section>
  );
}

function countIn({ counts }: IssuesShown, severity: Severity): number {
  return counts
    .filter((one) => one.severity === severity)
    .reduce((sum, { count }) => sum + count, 0);
}

function codeOptions(
  { counts }: IssuesShown,
  chosen: readonly Severity[],
  code: string | undefined,
) {
  const rank = (severity: Severity) => order.indexOf(severity);
  const listed = counts
    .filter((one) => chosen.includes(one.severity) || one.code === code)
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || b.count - a.count);
  const byCode = new Map<string, number>();
  for (const one of listed) byCode.set(one.code, (byCode.get(one.code) ?? 0) + one.count);
  return [
    { value: '', label: words.allCodes },
    ...[...byCode].map(([value, count]) => ({
      value,
      label: words.codeCount(textOfCode(value), count),
    })),
  ];
}

/** The catalogue's sentence without its full stop. */
function textOfCode(code: string): string {
  return isCode(code) ? catalogue[code].text.replace(/\p{Po}$/u, '') : code;
}

/** What was noticed about the file itself, such as hidden rows. */
function FileNotices({ batch }: { batch: Batch }) {
  const { notices } = batch.sheet;
  if (notices.length === 0) return null;
  return (
    <details className="file-notices">
      <summary>{words.fileNotices(notices.length)}</summary>
      <ul>
        {notices.map(({ code, row, column, value, rule }) => (
          <li key={`${code} ${row} ${column} ${value}`}>
            {row > 0 && <strong>{`${column}${row} `}</strong>}
            {catalogue[code].text}
            {rule !== '' && rule}
            <span className="muted"> {catalogue[code].next}</span>
            <ErrorMark code={code} />
          </li>
        ))}
      </ul>
    </details>
  );
}

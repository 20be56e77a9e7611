import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useState } from 'react';
import { auditEventWords, auditText, auditTitle } from '../../../shared/audit/words.ts';
import { succeed } from '../../../shared/errors/result.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { AuditRow } from '../../../shared/ipc/audit.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import type { Column } from '../../parts/grid-head.tsx';
import { countCell, textCell } from '../../parts/list-cells.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import type { ExportedList } from '../../state/output.ts';
import { usePagedRows } from '../../state/paged-rows.ts';
import { createStore } from '../../state/store.ts';
import { auditTrail as words } from '../../text/audit-trail.ts';
import { countText } from '../../text/numbers.ts';
import { secondText } from '../../text/time.ts';
import { auditExport } from './audit-export.ts';
import { auditRequest, isAuditFiltered, noAuditFilter } from './audit-filter.ts';
import type { AuditFilter } from './audit-filter.ts';

const kept = createStore<AuditFilter>(noAuditFilter);
const rowKey = (row: AuditRow) => String(row.seq);
const MARK_CHARACTERS = 16;

const columns: readonly Column<AuditRow>[] = [
  {
    key: 'seq',
    title: words.seq,
    width: '76px',
    align: 'right',
    render: ({ seq }) => seq,
    cells: [countCell(words.seq, ({ seq }) => seq)],
  },
  {
    key: 'at',
    title: words.time,
    width: '164px',
    render: ({ at }) => secondText(at),
    cells: [textCell(words.time, ({ at }) => secondText(at), 20)],
  },
  {
    key: 'user',
    title: words.user,
    width: '84px',
    render: ({ user }) => user,
    cells: [textCell(words.user, ({ user }) => user, 10)],
  },
  {
    key: 'event',
    title: words.what,
    width: '168px',
    render: ({ event }) => auditTitle(event),
    cells: [textCell(words.what, ({ event }) => auditTitle(event), 20)],
  },
  {
    key: 'detail',
    title: words.content,
    width: 'minmax(320px, 1fr)',
    render: ({ detail }) => <TwoLines text={auditText(detail)} />,
    cells: [textCell(words.content, ({ detail }) => auditText(detail), 60)],
  },
];

interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly total: number;
  readonly filter: AuditFilter;
}

/** 操作记录: newest first, by day, event and text; checked and exported on demand. */
export function AuditTrail() {
  const filter = kept.use();
  const read = useCallback(
    async (offset: number, limit: number): Promise<Result<AuditPage>> => {
      const answer = await ask('audit.list', auditRequest(filter, offset, limit));
      return answer.ok ? succeed({ ...answer.value, filter }) : answer;
    },
    [filter],
  );
  // whatever happens is recorded
  const { answered, failure, rowAt, need } = usePagedRows<AuditRow, AuditPage>(read, 'anything');
  const [problem, setProblem] = useState<Failure>();
  const shownFailure = problem ?? failure;
  return (
    <section className="full" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        <span className="muted">{words.about}</span>
      </div>
      <FilterFields filter={filter} />
      <AuditActions
        onFailure={setProblem}
        list={answered && auditExport(answered.first, columns)}
      />
      {shownFailure && <FailureNote code={shownFailure.code} detail={shownFailure.detail} />}
      <DataGrid
        label={words.list}
        columns={columns}
        total={answered?.total ?? 0}
        rowAt={rowAt}
        rowKey={rowKey}
        onRange={need}
        resetKey={JSON.stringify(filter)}
        empty={
          answered &&
          (isAuditFiltered(filter) ? (
            <EmptyNote title={words.noMatch} next={words.noMatchNext} />
          ) : (
            <EmptyNote title={words.empty} next={words.emptyNext} />
          ))
        }
      />
      <footer className="sums" aria-live="polite">
        {answered && <span>{words.count(countText(answered.total))}</span>}
      </footer>
    </section>
  );
}

const eventOptions = [
  { value: '', label: words.allEvents },
  ...Object.entries(auditEventWords).map(([value, label]) => ({ value, label })),
];

function FilterFields({ filter }: { filter: AuditFilter }) {
  const change = (part: Partial<AuditFilter>) => {
    kept.set({ ...filter, ...part });
  };
  const day = (value: string) => (value === '' ? null : dayjs(value));
  return (
    <div className="filters">
      <div className="filter filter-days">
        <label htmlFor="audit-days">{words.days}</label>
        <DatePicker.RangePicker
          id={{ start: 'audit-days', end: 'audit-days-end' }}
          allowEmpty={[true, true]}
          placeholder={[words.daysFrom, words.daysTo]}
          value={[day(filter.from), day(filter.to)]}
          onChange={(days) => {
            const [from, to] = days ?? [null, null];
            const text = (one: dayjs.Dayjs | null) => one?.format('YYYY-MM-DD') ?? '';
            change({ from: text(from), to: text(to) });
          }}
        />
      </div>
      <div className="filter filter-event">
        <label htmlFor="audit-event">{words.event}</label>
        <Select
          id="audit-event"
          value={filter.event}
          options={eventOptions}
          onChange={(event) => {
            change({ event });
          }}
        />
      </div>
      <div className="filter filter-wide">
        <label htmlFor="audit-text">{words.search}</label>
        <Input
          id="audit-text"
          allowClear
          maxLength={60}
          placeholder={words.searchHint}
          value={filter.text}
          onChange={(event) => {
            change({ text: event.target.value });
          }}
        />
      </div>
    </div>
  );
}

interface Said {
  readonly tone: 'good' | 'bad' | 'muted';
  readonly text: string;
}

interface AuditActionsProps {
  readonly onFailure: (failure: Failure | undefined) => void;
  readonly list: ExportedList<AuditRow> | undefined;
}

/** 核对记录是否完整 and 导出, each with what came of it. */
function AuditActions({ onFailure, list }: AuditActionsProps) {
  const [busy, setBusy] = useState<'check' | 'export'>();
  const [said, setSaid] = useState<Said>();

  async function check() {
    setBusy('check');
    const answer = await ask('audit.check', {});
    setBusy(undefined);
    onFailure(answer.ok ? undefined : answer);
    if (!answer.ok) return;
    const { rows, brokenAt, lastHash } = answer.value;
    setSaid(
      brokenAt === null
        ? { tone: 'good', text: words.whole(countText(rows), lastHash.slice(0, MARK_CHARACTERS)) }
        : { tone: 'bad', text: words.broken(brokenAt) },
    );
  }

  async function save() {
    setBusy('export');
    const answer = await ask('audit.export', {});
    setBusy(undefined);
    onFailure(answer.ok ? undefined : answer);
    if (!answer.ok || answer.value.path === null) return;
    const { path, rows } = answer.value;
    setSaid({ tone: 'muted', text: words.exported(countText(rows), path) });
  }

  return (
    <div className="buttons">
      <Button loading={busy === 'check'} disabled={busy === 'export'} onClick={() => void check()}>
        {busy === 'check' ? words.checking : words.check}
      </Button>
      <Button loading={busy === 'export'} disabled={busy === 'check'} onClick={() => void save()}>
        {busy === 'export' ? words.exporting : words.export}
      </Button>
      <ExportButton list={list} />
      <span role="status" className={`audit-result ${said?.tone ?? ''}`}>
        {said?.text}
      </span>
    </div>
  );
}

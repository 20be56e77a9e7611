import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useCallback } from 'react';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { MonthLine, MonthView } from '../../../shared/ipc/month-close.ts';
import { ask } from '../../bridge.ts';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { conditionsText, listCells } from '../../parts/list-cells.ts';
import { ShortGrid } from '../../parts/short-grid.tsx';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { monthSheetOf } from '../../state/documents.ts';
import { rowsHere } from '../../state/output.ts';
import type { ExportedList } from '../../state/output.ts';
import { useReading } from '../../state/reading.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { agoText, stampText } from '../../text/time.ts';
import { chosenMonth, startComparing, useComparing } from './comparing.ts';
import { differingCells, remarksOf } from './figures.ts';
import { FundTable } from './fund-table.tsx';
import { lineColumns } from './line-columns.tsx';
import { useLines } from './lines.ts';

/** 单位网上对账 (manual 五(一)): a month, ours against the centre's signed figure. */
export function MonthClose({ unit }: { unit: UnitStatus }) {
  const filed = useFilingWindow()?.businessMonth;
  const current = unit.parameters?.businessMonth ?? filed;
  const month = chosenMonth.use() ?? current;
  return month === undefined ? (
    <section className="page" aria-label={words.title}>
      <EmptyNote title={words.never} next={words.neverNext} />
    </section>
  ) : (
    <Month unit={unit} month={month} current={current ?? month} />
  );
}

interface MonthProps {
  readonly unit: UnitStatus;
  readonly month: number;
  readonly current: number;
}

function Month({ unit, month, current }: MonthProps) {
  const read = useCallback(() => ask('month.read', { businessMonth: month }), [month]);
  const { value, failure, reload } = useReading(read, 'roster');
  const comparing = useComparing();
  const now = useCentreTime();
  const view = value?.view?.businessMonth === month ? value.view : undefined;
  const isOnline = unit.channel === 'online' || unit.channel === 'waiting';
  const problem = (comparing?.month === month ? comparing.failure : undefined) ?? failure;
  const mayPrint = view !== undefined && view.verdict !== 'differs';
  return (
    <section className="full" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        <label htmlFor="close-month">{words.month}</label>
        <DatePicker
          id="close-month"
          picker="month"
          format="YYYYMM"
          allowClear={false}
          disabledDate={(day) => Number(dayjs(day).format('YYYYMM')) > current}
          value={dayjs(`${String(month).slice(0, 4)}-${String(month).slice(4)}-01`)}
          onChange={(day) => {
            chosenMonth.set(Number(dayjs(day).format('YYYYMM')));
          }}
        />
        <Button
          type="primary"
          loading={comparing?.busy === true}
          disabled={!isOnline}
          onClick={() => {
            void startComparing(month, reload);
          }}
        >
          {comparing?.busy ? words.comparing : words.compare}
        </Button>
        <span className="muted" role="status">
          {view && words.asOf(stampText(view.at), agoText(view.at, now))}
        </span>
        <div className="buttons push">
          <DocumentButtons
            {...monthSheetOf(month)}
            disabled={!mayPrint}
            hint={mayPrint ? undefined : words.sheetAfter}
          />
        </div>
      </div>
      {!isOnline && <p className="muted">{words.offline}</p>}
      {problem && <FailureNote code={problem.code} detail={problem.detail} />}
      {view ? (
        <Comparison view={view} />
      ) : (
        value && <EmptyNote title={words.never} next={words.neverNext} />
      )}
    </section>
  );
}

const lineKey = ({ number }: MonthLine) => String(number);

function linesOf(
  { businessMonth, at, verdict }: MonthView,
  lines: readonly MonthLine[],
): ExportedList<MonthLine> {
  return {
    title: words.exportTitle,
    facts: [
      conditionsText([[words.month, String(businessMonth)]]),
      `${words.verdict}：${words.verdicts[verdict]}`,
      `${words.figureAt}：${stampText(at)}`,
    ],
    cells: listCells(lineColumns),
    total: lines.length,
    page: rowsHere(lines),
  };
}

function Comparison({ view }: { view: MonthView }) {
  const { differences, elsewhere, counter } = view.comparison.found;
  const all = differences + elsewhere + counter;
  const people = all > 0 && <People view={view} all={all} />;
  return (
    <>
      <Verdict view={view} />
      {/* what does not agree is looked into person by person */}
      {differences > 0 && people}
      <div className="month-tables">
        {view.comparison.funds.map((fund) => (
          <FundTable key={fund.fundType} fund={fund} />
        ))}
      </div>
      {differences === 0 && people}
    </>
  );
}

/** The people behind a comparison; `all` of them, also those beyond what is kept. */
function People({ view, all }: { view: MonthView; all: number }) {
  const { lines, failure } = useLines(view.number);
  return (
    <>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      <div className="pane-head">
        <h2>{words.lines}</h2>
        {lines.length > 0 && lines.length < all && (
          <span className="muted">{words.linesKept(lines.length, all)}</span>
        )}
        <div className="buttons push">
          <ExportButton list={linesOf(view, lines)} />
        </div>
      </div>
      <ShortGrid
        label={words.lines}
        columns={lineColumns}
        total={lines.length}
        rowAt={(index) => lines[index]}
        rowKey={lineKey}
        resetKey={String(view.number)}
        empty={null}
      />
    </>
  );
}

function Verdict({ view }: { view: MonthView }) {
  const { verdict, comparison } = view;
  const { differences, elsewhere, counter } = comparison.found;
  const isOff = verdict === 'differs';
  const sentence = isOff
    ? differencesText(view)
    : verdict === 'explained'
      ? words.explained(elsewhere, counter)
      : words.equal;
  return (
    <div className={`month-verdict month-${verdict}`} role="status">
      <strong className={isOff ? 'bad' : 'good'}>{words.verdicts[verdict]}</strong>
      <div>
        <p>{sentence}</p>
        {isOff && <p>{words.differsNext(differences)}</p>}
        {remarksOf(view).map((remark) => (
          <p key={remark} className="warn">
            {remark}
          </p>
        ))}
      </div>
    </div>
  );
}

/** More places than these say nothing new: the table shows them all. */
const CELLS_NAMED_MAX = 4;

function differencesText(view: MonthView): string {
  const cells = differingCells(view);
  // what was moved before this month is said by a remark
  if (cells.length === 0 && view.comparison.opening === 'moved') return '';
  const named = cells.slice(0, CELLS_NAMED_MAX);
  return words.differs(named, cells.length - named.length);
}

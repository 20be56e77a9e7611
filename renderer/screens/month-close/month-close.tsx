import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Failure } from '../../../shared/errors/result.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import type { MonthLine, MonthView } from '../../../shared/ipc/month-close.ts';
import { ask } from '../../bridge.ts';
import { DataGrid } from '../../parts/data-grid.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useCentreTime, useFilingWindow } from '../../state/centre-time.ts';
import { useReading } from '../../state/reading.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { agoText, stampText } from '../../text/time.ts';
import { chosenMonth, startComparing, useComparing } from './comparing.ts';
import { differingCells, remarksOf } from './figures.ts';
import { FundTable } from './fund-table.tsx';
import { lineColumns } from './line-columns.tsx';
import { useLines } from './lines.ts';
import { MonthSheet } from './month-sheet.tsx';

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
  const [refused, setRefused] = useState<Failure>();
  const comparing = useComparing();
  const now = useCentreTime();
  const view = value?.view?.businessMonth === month ? value.view : undefined;
  const isOnline = unit.channel === 'online' || unit.channel === 'waiting';
  const problem =
    refused ?? (comparing?.month === month ? comparing.failure : undefined) ?? failure;
  async function print() {
    const answer = await ask('app.print', {});
    setRefused(answer.ok ? undefined : answer);
  }
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
            setRefused(undefined);
            void startComparing(month, reload);
          }}
        >
          {comparing?.busy ? words.comparing : words.compare}
        </Button>
        <span className="muted" role="status">
          {view && words.asOf(stampText(view.at), agoText(view.at, now))}
          {!isOnline && !view && words.offline}
        </span>
        <div className="buttons push">
          <Button
            disabled={!mayPrint}
            title={mayPrint ? undefined : words.printAfter}
            onClick={() => void print()}
          >
            {words.print}
          </Button>
        </div>
      </div>
      {problem && <FailureNote code={problem.code} detail={problem.detail} />}
      {view ? (
        <Comparison view={view} />
      ) : (
        value && <EmptyNote title={words.never} next={words.neverNext} />
      )}
      {view && mayPrint && createPortal(<MonthSheet unit={unit} view={view} />, document.body)}
    </section>
  );
}

const lineKey = ({ number }: MonthLine) => String(number);

function Comparison({ view }: { view: MonthView }) {
  const { lines, failure } = useLines(view.number);
  const { differences, elsewhere, counter } = view.comparison.found;
  const all = differences + elsewhere + counter;
  return (
    <>
      <Verdict view={view} />
      <div className="month-tables">
        {view.comparison.funds.map((fund) => (
          <FundTable key={fund.fundType} fund={fund} />
        ))}
      </div>
      {failure && <FailureNote code={failure.code} detail={failure.detail} />}
      {all > 0 && (
        <>
          <h2>
            {words.lines}
            {lines.length > 0 && lines.length < all && (
              <span className="muted month-kept">{words.linesKept(lines.length, all)}</span>
            )}
          </h2>
          <DataGrid
            label={words.lines}
            columns={lineColumns}
            total={lines.length}
            rowAt={(index) => lines[index]}
            rowKey={lineKey}
            resetKey={String(view.number)}
            empty={null}
          />
        </>
      )}
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
  return words.differs(cells.slice(0, CELLS_NAMED_MAX));
}

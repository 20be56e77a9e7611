import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Batch, BatchIssue } from '../../../shared/ipc/batches.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { visibleRows } from '../../parts/grid-window.ts';
import { batch as words } from '../../text/batch.ts';
import { columnOf, sentenceOf } from './batch-cells.ts';
import type { GridDesk } from './grid-desk.ts';
import { ISSUE_PAGE } from './issue-pages.ts';
import type { IssueFilter, IssuePages } from './issue-pages.ts';

/** Place, sentence of two lines, and what to do. */
const ISSUE_PX = 96;
const HEIGHT_FIRST_PX = 480;

interface IssueListProps {
  readonly batch: Batch;
  readonly desk: GridDesk;
  readonly pages: IssuePages;
  readonly filter: IssueFilter;
  readonly onJump: () => void;
}

/** Issues of any number; only those in sight exist. Arrow keys walk, Enter goes to the cell. */
export function IssueList({ batch, desk, pages, filter, onJump }: IssueListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [firstRow, setFirstRow] = useState(0);
  const [height, setHeight] = useState(HEIGHT_FIRST_PX);
  const [at, setAt] = useState(0);
  const { total, pages: known } = pages.get();
  const count = total ?? 0;
  const { first, end } = visibleRows(firstRow * ISSUE_PX, height + ISSUE_PX, count, ISSUE_PX);
  const chosen = Math.min(at, count - 1);
  const { active } = desk.use();

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (list.current) list.current.scrollTop = 0;
  }, [filter]);
  useEffect(() => {
    if (end > first) pages.need(first, end);
  }, [pages, first, end, known]);

  function issueAt(index: number): BatchIssue | undefined {
    return known.get(Math.floor(index / ISSUE_PAGE))?.[index % ISSUE_PAGE];
  }

  function isHere(issue: BatchIssue | undefined): boolean {
    return active?.seq === issue?.seq && issue !== undefined
      ? columnOf(issue, batch.kind) === active?.column
      : false;
  }

  function choose(index: number) {
    const next = Math.min(Math.max(index, 0), count - 1);
    setAt(next);
    const element = list.current;
    if (!element) return;
    const top = next * ISSUE_PX;
    if (top < element.scrollTop) element.scrollTop = top;
    if (top + ISSUE_PX > element.scrollTop + height) element.scrollTop = top + ISSUE_PX - height;
  }

  function open(index: number) {
    const issue = issueAt(index);
    if (!issue) return;
    setAt(index);
    onJump();
    void desk.jump(issue.seq, columnOf(issue, batch.kind));
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const page = Math.max(1, Math.floor(height / ISSUE_PX) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (step !== undefined) choose(chosen + step);
    else if (event.key === 'Enter' || event.key === ' ') open(chosen);
    else return;
    event.preventDefault();
  }

  const drawn = Array.from({ length: Math.max(0, end - first) }, (_, place) => first + place);
  return (
    <div
      className="issue-list"
      ref={list}
      role="listbox"
      aria-label={words.issues}
      aria-activedescendant={count > 0 ? `issue-${chosen}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setFirstRow(Math.floor(event.currentTarget.scrollTop / ISSUE_PX));
      }}
    >
      {total === 0 && <NoIssues batch={batch} />}
      <div className="issue-rows" role="presentation" style={{ height: count * ISSUE_PX }}>
        {drawn.map((index) => (
          <IssueItem
            key={index}
            index={index}
            count={count}
            issue={issueAt(index)}
            isChosen={index === chosen}
            isHere={isHere(issueAt(index))}
            onOpen={open}
            onKeyDown={onKeyDown}
          />
        ))}
      </div>
    </div>
  );
}

interface IssueItemProps {
  readonly index: number;
  readonly count: number;
  /** undefined while it is on its way. */
  readonly issue: BatchIssue | undefined;
  readonly isChosen: boolean;
  /** Of the cell in hand. */
  readonly isHere: boolean;
  readonly onOpen: (index: number) => void;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
}

function IssueItem({ index, count, issue, isChosen, isHere, onOpen, onKeyDown }: IssueItemProps) {
  return (
    <div
      id={`issue-${index}`}
      role="option"
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={-1}
      className={`issue ${isChosen ? 'issue-chosen' : ''} ${isHere ? 'issue-here' : ''}`}
      style={{ top: index * ISSUE_PX }}
      onClick={() => {
        onOpen(index);
      }}
      onKeyDown={onKeyDown}
    >
      {issue && <IssueLines issue={issue} />}
    </div>
  );
}

function NoIssues({ batch }: { batch: Batch }) {
  if (!batch.isChecked) return <EmptyNote title={words.rechecking} next={words.recheckingNext} />;
  const isClean = batch.bad + batch.counter === 0;
  return isClean ? (
    <EmptyNote title={words.noIssues} next={words.noIssuesNext} />
  ) : (
    <EmptyNote title={words.noIssuesShown} next={words.noIssuesShownNext} />
  );
}

/** Templates mark the headings that must be filled. */
const REQUIRED_MARK = /\*$/;

/** B7 · 身份证号码 · 值, what it met, what to do. */
function IssueLines({ issue }: { issue: BatchIssue }) {
  const { cell, row, heading, value, severity, fix } = issue;
  const isRow = heading === '';
  const sentence = sentenceOf(issue);
  return (
    <>
      <p className={`issue-place found-${severity}`}>
        <span className="cell-mark" role="img" aria-label={words.severities[severity]} />
        <strong>{isRow ? words.rowPlace(row) : cell}</strong>
        {!isRow && <span>{heading.replace(REQUIRED_MARK, '')}</span>}
        {value !== '' && (
          <span className="issue-value" title={value}>
            {words.value(value)}
          </span>
        )}
      </p>
      <p className="issue-sentence" title={sentence}>
        {sentence}
      </p>
      <p className="issue-fix" title={fix}>
        {fix}
      </p>
    </>
  );
}

import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { documents as words } from '../text/documents.ts';
import { paginate } from './pagination.ts';
import type { PageRange } from './pagination.ts';
import type { Paper } from './paper.ts';
import { Closing, Opening } from './paper-parts.tsx';

/** What the engine rounds away at the edges of a page. */
const SLACK_PX = 2;

/**
 * Lays the document out in pages: measured whole first, then drawn page by page, each with its head,
 * the table's head and 第 x 页，共 y 页, whatever the print engine would make of it. The value is the
 * number of pages.
 */
export function layOut(root: HTMLElement, paper: Paper): number {
  const drawing = createRoot(root);
  const show = (pages: ReactNode) => {
    flushSync(() => {
      drawing.render(pages);
    });
  };
  document.title = paper.title;
  const sheets = paper.sheets ?? [];
  const ranges = sheets.length > 0 && paper.rows.length === 0 ? [] : findRanges(root, paper, show);
  const isTitled = sheets.length === 0;
  const bodies = [
    ...sheets,
    ...ranges.map((range, index) =>
      list(paper, range, isTitled && index === 0, index === ranges.length - 1),
    ),
  ];
  show(bodies.map((body, index) => page(paper, index, bodies.length, body)));
  return bodies.length;
}

/** Which rows stand on which page, as the engine draws them. */
function findRanges(
  root: HTMLElement,
  paper: Paper,
  show: (pages: ReactNode) => void,
): PageRange[] {
  const isTitled = (paper.sheets ?? []).length === 0;
  const all = { from: 0, to: paper.rows.length };
  show(
    <>
      {page(paper, 0, 1, list(paper, all, isTitled, true))}
      {page(paper, 1, 1, <Head paper={paper} isFirst={false} />)}
    </>,
  );
  return measure(root);
}

function measure(root: HTMLElement): PageRange[] {
  const heightOf = (selector: string) =>
    root.querySelector(selector)?.getBoundingClientRect().height ?? 0;
  const rows = [...root.querySelectorAll('tbody.rows > tr')].map(
    (row) => row.getBoundingClientRect().height,
  );
  const body = root.querySelector('.page:last-child .page-body');
  if (!body) throw new Error('no page to measure');
  const room = body.clientHeight - heightOf('thead') - SLACK_PX;
  return paginate({
    rows,
    first: room - heightOf('.page:first-child .paper-head'),
    next: room - heightOf('.page:last-child .paper-head'),
    closing: heightOf('tbody.totals') + heightOf('.paper-closing'),
  });
}

function page({ landscape, mark }: Paper, index: number, of: number, body: ReactNode): ReactNode {
  return (
    <section key={index} className={`page ${landscape ? 'landscape' : 'portrait'}`}>
      <div className="page-body">{body}</div>
      <footer className="page-foot">
        <span>{mark}</span>
        <span>{words.page(index + 1, of)}</span>
      </footer>
    </section>
  );
}

function list(paper: Paper, { from, to }: PageRange, isFirst: boolean, isLast: boolean): ReactNode {
  return (
    <>
      <Head paper={paper} isFirst={isFirst} />
      <Table paper={paper} from={from} to={to} isLast={isLast} />
      {isLast && <Closing notes={paper.notes} signatures={paper.signatures} />}
    </>
  );
}

function Head({ paper: { title, facts, mark }, isFirst }: { paper: Paper; isFirst: boolean }) {
  if (!isFirst) {
    return (
      <header className="paper-head">
        <p className="paper-again">
          <strong>{title}</strong>
          <span>{mark}</span>
        </p>
      </header>
    );
  }
  return (
    <header className="paper-head">
      <Opening title={title} facts={facts} />
    </header>
  );
}

interface TableProps extends PageRange {
  readonly paper: Paper;
  readonly isLast: boolean;
}

function Table({ paper: { columns, rows, totals }, from, to, isLast }: TableProps) {
  const classOf = (index: number) => {
    const column = columns[index];
    return `${column?.align ?? ''} ${column?.wraps ? 'wraps' : ''}`;
  };
  const cells = (row: readonly string[]) =>
    row.length === 1 ? (
      <td className="line" colSpan={columns.length}>
        {row[0]}
      </td>
    ) : (
      row.map((text, index) => (
        <td key={index} className={classOf(index)}>
          {text}
        </td>
      ))
    );
  return (
    <table>
      <colgroup>
        {columns.map(({ title, widthMm }) => (
          <col key={title} style={{ width: `${widthMm}mm` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ title, align }) => (
            <th key={title} scope="col" className={align}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="rows">
        {rows.slice(from, to).map((row, index) => (
          <tr key={from + index}>{cells(row)}</tr>
        ))}
      </tbody>
      {isLast && (
        <tbody className="totals">
          {totals.map((row, index) => (
            <tr key={index}>{cells(row)}</tr>
          ))}
        </tbody>
      )}
    </table>
  );
}

import type { FundComparison } from '../../../shared/ipc/month-close.ts';
import { fundTypeWords } from '../../text/common.ts';
import { monthClose as words } from '../../text/month-close.ts';
import { differenceText, figureLines, headsText, moneyText } from './figures.ts';
import type { FigureLine } from './figures.ts';

/** 上月 + 登记 - 减少 = 本月 of one fund: ours, the centre's, the difference. */
export function FundTable({ fund }: { fund: FundComparison }) {
  const lines = figureLines(fund);
  const isPayment = ({ row }: FigureLine) => row === 'missedBackPay' || row === 'shortfallBackPay';
  return (
    <table className="month-table">
      <caption>{fundTypeWords[fund.fundType]}</caption>
      <colgroup>
        <col className="month-item" />
        <col className="month-heads" span={3} />
        <col span={3} />
      </colgroup>
      <thead>
        <tr>
          <th rowSpan={2}>{words.item}</th>
          <th colSpan={3}>{words.heads}</th>
          <th colSpan={3}>{words.money}</th>
        </tr>
        <tr>
          {[words.heads, words.money].flatMap((of) =>
            [words.ours, words.centre, words.difference].map((side) => (
              <th key={of + side}>{side}</th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {lines
          .filter((line) => !isPayment(line))
          .map((line) => (
            <Line key={line.row} line={line} />
          ))}
        <tr>
          <th scope="row">{words.members}</th>
          <td colSpan={6} className={fund.membersEqual ? 'good' : 'bad'}>
            {fund.membersEqual ? words.membersEqual : words.membersDiffer}
          </td>
        </tr>
        <tr className="month-part">
          <th scope="rowgroup" colSpan={7}>
            {words.payments}
          </th>
        </tr>
        {lines.filter(isPayment).map((line) => (
          <Line key={line.row} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line: { row, label, ours, centre } }: { line: FigureLine }) {
  const heads = differenceText(ours.heads, centre.heads, headsText);
  const money = differenceText(ours.fen, centre.fen, moneyText);
  return (
    <tr className={row === 'now' ? 'month-sum' : ''}>
      <th scope="row">{label}</th>
      <td>{headsText(ours.heads)}</td>
      <td>{headsText(centre.heads)}</td>
      <td className="bad">{heads}</td>
      <td>{moneyText(ours.fen)}</td>
      <td>{moneyText(centre.fen)}</td>
      <td className="bad">{money}</td>
    </tr>
  );
}

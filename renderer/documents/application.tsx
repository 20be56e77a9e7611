import { succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import type { ApplicationFields } from '../../shared/ipc/documents.ts';
import type { UnitStatus } from '../../shared/ipc/data.ts';
import { ask } from '../bridge.ts';
import { application as words, documents } from '../text/documents.ts';
import type { Paper } from './paper.ts';

type Action = 'open' | 'close';
type Applicant = Pick<UnitStatus, 'unitName' | 'unitAccount'>;

/** 开通 / 终止申请表 (manual 一(三)): three equal parts, for the unit, the centre and the bank. */
export async function readApplication(
  action: Action,
  fields: ApplicationFields,
): Promise<Result<Paper>> {
  const unit = await ask('unit.status', {});
  if (!unit.ok) return unit;
  const { unitAccount } = unit.value;
  return succeed({
    title: words.titleOf[action],
    landscape: false,
    mark: `${documents.unitAccount} ${unitAccount}`,
    facts: [],
    columns: [],
    rows: [],
    totals: [],
    notes: [],
    signatures: [],
    sheets: words.parts.map((part) => (
      <Part key={part} {...{ part, action, fields }} unit={unit.value} />
    )),
  });
}

/** Two pairs of a label and what is filled in. */
const COLUMNS_MM = [32, 61, 32, 61];

interface PartProps {
  readonly part: string;
  readonly action: Action;
  readonly fields: ApplicationFields;
  readonly unit: Applicant;
}

function Part({ part, action, fields, unit }: PartProps) {
  const { fields: labels } = words;
  return (
    <>
      <h1>{words.titleOf[action]}</h1>
      <p className="form-part">
        <span>
          {words.filledOn}
          {words.blankDate}
        </span>
        <strong>{part}</strong>
      </p>
      <table className="form">
        <colgroup>
          {COLUMNS_MM.map((width, index) => (
            <col key={index} style={{ width: `${width}mm` }} />
          ))}
        </colgroup>
        <tbody>
          <Line label={documents.unit} text={unit.unitName} />
          <Pair
            left={[documents.unitAccount, unit.unitAccount]}
            right={[labels.creditCode, fields.creditCode]}
          />
          <Line label={labels.address} text={fields.address} />
          <Pair
            left={[labels.legalPerson, fields.legalPerson]}
            right={[labels.phone, fields.phone]}
          />
          <Pair
            left={[labels.clerkName, fields.clerkName]}
            right={[labels.clerkPhone, fields.clerkPhone]}
          />
          <Line label={labels.clerkIdNumber} text={fields.clerkIdNumber} />
          {action === 'open' ? (
            <Line label={words.action} text={words.actions.open} />
          ) : (
            <Pair
              left={[words.action, words.actions.close]}
              right={[labels.reason, fields.reason]}
            />
          )}
          <Opinion
            label={words.unitSide}
            text={words.declaration[action]}
            signed={[words.agent, words.unitSeal]}
          />
          <Opinion label={words.centreSide} text="" signed={[words.examiner, words.centreSeal]} />
          <Opinion
            label={words.bankSide[action]}
            text={words.keySerial}
            signed={[action === 'open' ? words.receiver : words.returned, words.bankSeal]}
          />
        </tbody>
      </table>
    </>
  );
}

function Line({ label, text }: { label: string; text: string }) {
  return (
    <tr>
      <td className="label">{label}</td>
      <td className="wraps" colSpan={3}>
        {text}
      </td>
    </tr>
  );
}

interface PairProps {
  readonly left: readonly [label: string, text: string];
  readonly right: readonly [label: string, text: string];
}

function Pair({ left, right }: PairProps) {
  return (
    <tr>
      {[left, right].flatMap(([label, text], index) => [
        <td key={`label-${index}`} className="label">
          {label}
        </td>,
        <td key={`text-${index}`} className="wraps">
          {text}
        </td>,
      ])}
    </tr>
  );
}

interface OpinionProps {
  readonly label: string;
  readonly text: string;
  readonly signed: readonly string[];
}

function Opinion({ label, text, signed }: OpinionProps) {
  return (
    <tr>
      <td className="label">{label}</td>
      <td className="opinion" colSpan={3}>
        {text}
        <span className="signed">
          {signed.map((one) => (
            <span key={one}>{one}</span>
          ))}
          <span>{words.blankDate}</span>
        </span>
      </td>
    </tr>
  );
}

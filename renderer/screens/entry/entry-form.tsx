import { Button, Select } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { catalogue } from '../../../shared/errors/catalogue.ts';
import type { Draft } from '../../../shared/ipc/entries.ts';
import { soleFundType } from '../../../shared/rules/fund-type.ts';
import { isForCounter, raise } from '../../../shared/rules/issue.ts';
import type { Issue } from '../../../shared/rules/issue.ts';
import { backPayRatioRange, isFundType, ratioRange } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import type { FilingWindow } from '../../../shared/rules/window.ts';
import { rule } from '../../../shared/rules/wording.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ErrorMark } from '../../parts/error-link.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { openScreen } from '../../state/navigation.ts';
import { fundTypeWords } from '../../text/common.ts';
import { entry as words, fieldWords } from '../../text/entry.ts';
import { filing } from '../../text/filing.ts';
import { kindWords } from '../../text/kinds.ts';
import { useConfirming } from '../confirm/confirmation.ts';
import { AmountsBox } from './amounts-box.tsx';
import { useEntryCheck } from './entry-check.ts';
import type { EntryCheck } from './entry-check.ts';
import { changeDesk, useDesk, withFieldLeft, withText } from './entry-desk.ts';
import type { EntryDesk } from './entry-desk.ts';
import { COUNTER, useEntrySubmission } from './entry-submission.ts';
import type { EntrySubmission } from './entry-submission.ts';
import { FieldRow, fieldId, focusField } from './field-parts.tsx';
import type { FieldState } from './field-parts.tsx';
import { fieldsOf, firstField, nextField, rowsOf, typedOf } from './form.ts';
import type { FieldName } from './form.ts';
import { isUnfinished, messagesOf } from './messages.ts';
import { AccountField, ReasonField } from './pick-fields.tsx';
import { issuesOfEntry, showEntry } from './shown.ts';
import type { Shown } from './shown.ts';
import { whyEmpty } from './why-empty.ts';

interface EntryFormProps {
  readonly kind: EntryKind;
  readonly parameters: Parameters;
  readonly window: FilingWindow;
  /** The queues of all kinds. */
  readonly drafts: readonly Draft[];
}

/** 录入 (manual 六(一), 七(一), 八(一), 九(一)): checks and amounts on each keystroke; nothing moves. */
export function EntryForm({ kind, parameters, window, drafts }: EntryFormProps) {
  const { terms, reductionReasons: reasons } = parameters;
  const firstFund = terms.fundTypes[0] ?? '';
  const desk = useDesk(kind, firstFund);
  const { form } = desk;
  const edited = drafts.find((draft) => draft.id === desk.editing?.id && draft.orderId === null);
  const others = drafts.filter((draft) => draft.id !== edited?.id);
  const check = useEntryCheck({ form, parameters, window, drafts: others });
  const typed = typedOf(kind, form, terms, reasons);
  const shown = showEntry(typed, check.context);
  const fields = fieldsOf(kind, terms, form.fundType);
  const change = (edit: (now: EntryDesk) => EntryDesk) => changeDesk(kind, firstFund, edit);
  const focusFirst = () => {
    focusField(firstField(kind));
  };
  const submission = useEntrySubmission({
    kind,
    fundType: firstFund,
    reasons,
    typedOf: (now) => typedOf(kind, now, terms, reasons),
    editedId: edited?.id,
    focus: focusField,
    focusFirst,
  });
  const [focused, setFocused] = useState<FieldName>();
  useEffect(() => {
    focusField(firstField(kind));
  }, [kind, edited?.id]);

  const calm = useEffectEvent(submission.calm);
  const stage = useConfirming().kind;
  useEffect(() => {
    if (stage === 'ended') calm();
  }, [stage]);

  function setText(field: FieldName | 'fundType', text: string) {
    change((now) => withText(now, field, text));
    submission.forget();
  }

  const issuesOf = (field: FieldName) => issuesAt(field, { desk, shown, check, submission });

  function stateOf(field: FieldName): FieldState {
    const issues = issuesOf(field);
    const isRefused = submission.refused.some((issue) => issue.field === field);
    const isPartial = focused === field && !isRefused && isUnfinished(field, issues, form[field]);
    return {
      field,
      label: labelOf(kind, field, form.fundType),
      value: form[field],
      messages: isPartial ? [] : messagesOf(issues),
      hint: hintOf(kind, field, terms, form.fundType),
      onChange: (text) => {
        setText(field, text);
      },
      onFocus: () => {
        setFocused(field);
      },
      onLeave: () => {
        setFocused(undefined);
        change((now) => withFieldLeft(now, field, reasons));
      },
      onEnter: () => {
        const next = nextField(fields, field);
        if (next) focusField(next);
        else void submission.submit();
      },
    };
  }

  const filledOf = (field: FieldName) => ({
    label: labelOf(kind, field, form.fundType),
    value: form[field],
    issues: issuesOf(field),
  });
  const isBackPay = kind === 'missedBackPay' || kind === 'shortfallBackPay';
  return (
    <form
      className="entry"
      aria-label={kindWords[kind]}
      onSubmit={(event) => {
        event.preventDefault();
        void submission.submit();
      }}
    >
      <div className="entry-fields">
        <header className="entry-head">
          {edited ? (
            <h1 className="busy" title={edited.name}>
              {words.editing(edited.name)}
            </h1>
          ) : (
            <h1>{kindWords[kind]}</h1>
          )}
          <FundField
            terms={terms}
            value={form.fundType}
            isBrief={edited !== undefined}
            onChange={(fundType) => {
              setText('fundType', fundType);
            }}
          />
        </header>
        <GeneralNotes issues={generalOf(shown, submission, fields)} />
        {rowsOf(kind, terms, form.fundType).map((row) => {
          const states = row.map(stateOf);
          const [first] = states;
          if (first?.field === 'personalAccount') {
            return (
              <AccountField
                key={first.field}
                state={first}
                fundType={form.fundType}
                account={check.account}
                {...(kind === 'missedBackPay' ? { unpaidBefore: window.businessMonth } : {})}
              />
            );
          }
          if (first?.field === 'reason') {
            return <ReasonField key={first.field} state={first} reasons={reasons} />;
          }
          return (
            <div key={first?.field}>
              {isBackPay && first?.field === 'from' && (
                <p className="entry-month">
                  {filing.businessMonth} <strong>{window.businessMonth}</strong>
                </p>
              )}
              <FieldRow states={states} />
            </div>
          );
        })}
      </div>
      <div className="entry-foot">
        <AmountsBox
          amounts={shown.amounts}
          steps={shown.steps}
          headings={shown.headings}
          whyEmpty={whyEmpty(fields.map(filledOf), typed, check.context)}
        />
        <EntryButtons
          submission={submission}
          isEditing={edited !== undefined}
          isForCounter={isForCounter(fields.flatMap(issuesOf))}
          onCounter={() => {
            void submission.toCounter(issuesOfEntry(typed, check.context));
          }}
        />
        {submission.failure && (
          <FailureNote code={submission.failure.code} detail={submission.failure.detail} />
        )}
      </div>
    </form>
  );
}

interface IssueSources {
  readonly desk: EntryDesk;
  readonly shown: Shown;
  readonly check: EntryCheck;
  readonly submission: EntrySubmission;
}

/** What stands against one field: refused at 录入, or found while typing. */
function issuesAt(
  field: FieldName,
  { desk, shown, check, submission }: IssueSources,
): readonly Issue[] {
  const refused = submission.refused.filter((issue) => issue.field === field);
  if (refused.length > 0) return refused;
  const found = shown.issues[field] ?? [];
  const known = check.isLooking
    ? found.filter(({ code }) => code !== 'ACCOUNT_UNKNOWN' && code !== 'ACCOUNT_OTHER_FUND')
    : found;
  if (!desk.narrowed.includes(field)) return known;
  const about = { field, value: desk.form[field], rule: rule.fullWidth };
  return [...known, raise('notice', 'TYPED_FULL_WIDTH', about)];
}

/** What belongs to no field, found while typing or at 录入. */
function generalOf(
  { general }: Shown,
  { refused }: EntrySubmission,
  fields: readonly string[],
): readonly Issue[] {
  const known = general.map(({ code }) => code);
  const more = refused.filter(
    ({ field, code }) => !fields.includes(field) && !known.includes(code),
  );
  return [...general, ...more];
}

function labelOf(kind: EntryKind, field: FieldName, fundType: string): string {
  if (field !== 'ratio') return fieldWords[field];
  if (kind !== 'registration') return fieldWords.backPayRatio;
  return fundType === '11' ? fieldWords.subsidyRatio : fieldWords.ratio;
}

function hintOf(kind: EntryKind, field: FieldName, terms: UnitTerms, fundType: string): string {
  if (field === 'personalAccount') return words.accountHint;
  if (field === 'reason') return words.reasonHint;
  if (field === 'from') return words.monthHint;
  const isRatio = field === 'ratio' || field === 'paidRatio';
  if (!isRatio || !isFundType(fundType)) return '';
  const range = kind === 'registration' ? ratioRange : backPayRatioRange;
  const { min, max } = range(terms, fundType);
  return words.ratioRange(min, max);
}

/** What concerns the entry as a whole, such as that a 登记 may land in the next month. */
function GeneralNotes({ issues }: { issues: readonly Issue[] }) {
  return issues.map((issue) => (
    <p key={issue.code} className="entry-note">
      {catalogue[issue.code].text}
      {issue.fix}
      <ErrorMark code={issue.code} />
      {issue.code === 'LANDS_NEXT_MONTH' && (
        <button
          type="button"
          className="link"
          onClick={() => {
            openScreen('missed-back-pay');
          }}
        >
          {words.toMissedBackPay}
        </button>
      )}
    </p>
  ));
}

interface EntryButtonsProps {
  readonly submission: EntrySubmission;
  readonly isEditing: boolean;
  readonly isForCounter: boolean;
  readonly onCounter: () => void;
}

function EntryButtons({ submission, isEditing, isForCounter, onCounter }: EntryButtonsProps) {
  const { said } = submission;
  return (
    <>
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={submission.busy}>
          {isEditing ? words.save : words.enter}
        </Button>
        <Button onClick={isEditing ? submission.abandon : submission.clear}>
          {isEditing ? words.abandon : words.clear}
        </Button>
        {isForCounter && !isEditing && (
          <Button id={fieldId(COUNTER)} onClick={onCounter}>
            {words.toCounter}
          </Button>
        )}
      </div>
      <p className="entry-said" role="status">
        {isForCounter ? (
          <span className="warn">{words.counter}</span>
        ) : (
          said && <span className={said.tone}>{said.text}</span>
        )}
      </p>
    </>
  );
}

interface FundFieldProps {
  readonly terms: UnitTerms;
  readonly value: string;
  /** Without its name: the heading needs the room for whom it is about. */
  readonly isBrief: boolean;
  readonly onChange: (fundType: string) => void;
}

/** A choice only where the unit has both kinds, plain text otherwise (manual 十一(一)1). */
function FundField({ terms, value, isBrief, onChange }: FundFieldProps) {
  const only = soleFundType(terms);
  if (only !== undefined) {
    return (
      <span className="fund-field">
        {!isBrief && <span className="muted">{words.fundType}</span>} {fundTypeWords[only]}
      </span>
    );
  }
  const options = terms.fundTypes.map((type) => ({ value: type, label: fundTypeWords[type] }));
  return (
    <span className="fund-field">
      {!isBrief && <label htmlFor="entry-fund">{words.fundType}</label>}
      <Select<string>
        id="entry-fund"
        aria-label={words.fundType}
        value={value}
        options={options}
        onChange={onChange}
      />
    </span>
  );
}

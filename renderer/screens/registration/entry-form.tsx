import { Button, Input, Select } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Draft } from '../../../shared/ipc/data.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import { fundTypeLabels, isFundType, ratioRange } from '../../../shared/rules/policy.ts';
import type { UnitTerms } from '../../../shared/rules/policy.ts';
import { isForCounter } from '../../../shared/rules/issue.ts';
import { previewRegistration } from '../../../shared/rules/registration.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Field, messageId } from '../../parts/field.tsx';
import { registration as words } from '../../text/registration.ts';
import { AmountsBox } from './amounts-box.tsx';
import { useConfirming } from './confirmation.ts';
import { useEntryContext } from './entry-check.ts';
import { useEntrySubmission } from './entry-submission.ts';
import { fieldsOf, isUnfinished, messageOf, nextField } from './entry.ts';
import type { EntryField } from './entry.ts';
import { freeDrafts } from './queue-rows.ts';

interface EntryFormProps {
  readonly terms: UnitTerms;
  readonly businessMonth: BusinessMonth;
  readonly drafts: readonly Draft[];
}

const fieldId = (field: EntryField) => `entry-${field}`;

function focusField(field: EntryField): void {
  document.getElementById(fieldId(field))?.focus();
}

/** 录入 (manual 六(一)): checks and amounts on each keystroke, Enter goes on, nothing moves. */
export function EntryForm({ terms, businessMonth, drafts }: EntryFormProps) {
  const submission = useEntrySubmission(terms);
  const { entry, change } = submission;
  const context = useEntryContext(entry, terms, businessMonth, drafts);
  const preview = previewRegistration(submission.typed, context);
  const [focused, setFocused] = useState<EntryField>();
  const fields = fieldsOf(terms, entry.fundType);
  const labels: Readonly<Record<EntryField, string>> = {
    name: words.name,
    idNumber: words.idNumber,
    base: words.base,
    ratio: entry.fundType === '11' ? words.subsidyRatio : words.ratio,
  };
  useEffect(() => {
    focusField('name');
  }, []);

  const calm = useEffectEvent(submission.calm);
  const confirming = useConfirming().kind;
  useEffect(() => {
    // a batch is through: complaints about the empty form are of the past
    if (confirming === 'ended') calm();
  }, [confirming]);

  function submit() {
    const waiting = freeDrafts(drafts).map((draft) => draft.id);
    void submission.submit(context, focusField, waiting);
  }

  function issuesOf(field: EntryField) {
    const refused = submission.refused.filter((issue) => issue.field === field);
    return refused.length > 0 ? refused : preview.issues[field];
  }

  const forCounter = isForCounter(fields.flatMap(issuesOf));
  return (
    <form
      className="entry"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1>{words.title}</h1>
      <FundField
        terms={terms}
        value={entry.fundType}
        onChange={(fundType) => {
          change((now) => ({ ...now, fundType }));
        }}
      />
      {fields.map((field) => {
        const issues = issuesOf(field);
        const isRefused = submission.refused.some((issue) => issue.field === field);
        const isPartial = focused === field && field === 'idNumber' && !isRefused;
        const message =
          isPartial && isUnfinished(issues, entry.idNumber) ? undefined : messageOf(issues);
        const range = isFundType(entry.fundType) && ratioRange(terms, entry.fundType);
        const hint = field === 'ratio' && range ? words.ratioRange(range.min, range.max) : '';
        return (
          <Field
            key={field}
            id={fieldId(field)}
            label={labels[field]}
            tone={message?.tone ?? 'hint'}
            message={
              message ? (
                <>
                  <span>{message.text}</span>
                  <span className="field-more" title={message.more}>
                    {message.more}
                  </span>
                </>
              ) : (
                hint
              )
            }
          >
            <Input
              id={fieldId(field)}
              autoComplete="off"
              maxLength={80}
              value={entry[field]}
              aria-describedby={messageId(fieldId(field))}
              aria-invalid={message?.tone === 'error'}
              {...(message?.tone === 'error' ? { status: 'error' as const } : {})}
              onFocus={() => {
                setFocused(field);
              }}
              onBlur={() => {
                setFocused(undefined);
                submission.tidy(field);
              }}
              onChange={(event) => {
                const { value } = event.target;
                change((now) => ({ ...now, [field]: value }));
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                const next = nextField(fields, field);
                if (next) focusField(next);
                else submit();
              }}
            />
          </Field>
        );
      })}
      <AmountsBox
        {...(preview.amounts ? { amounts: preview.amounts } : {})}
        steps={preview.steps}
      />
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={submission.busy}>
          {words.enter}
        </Button>
        <Button
          onClick={() => {
            submission.clear();
            focusField('name');
          }}
        >
          {words.clear}
        </Button>
      </div>
      <p className="entry-said" role="status">
        {forCounter ? (
          <span className="warn">{words.counter}</span>
        ) : (
          <span className={submission.refused.length > 0 ? 'bad' : 'good'}>{submission.said}</span>
        )}
      </p>
      {submission.failure && (
        <FailureNote code={submission.failure.code} detail={submission.failure.detail} />
      )}
    </form>
  );
}

interface FundFieldProps {
  readonly terms: UnitTerms;
  readonly value: string;
  readonly onChange: (fundType: string) => void;
}

/** A choice only where the unit has both kinds (manual 十一(一)1). */
function FundField({ terms, value, onChange }: FundFieldProps) {
  const options = terms.fundTypes.map((type) => ({ value: type, label: fundTypeLabels[type] }));
  const only = options.length === 1 ? options[0] : undefined;
  if (only) {
    return (
      <p className="fund-fixed">
        <span className="muted">{words.fundType}</span> {only.label}
      </p>
    );
  }
  return (
    <div className="field fund-field">
      <label htmlFor="entry-fund">{words.fundType}</label>
      <Select<string> id="entry-fund" value={value} options={options} onChange={onChange} />
    </div>
  );
}

import { maskIdNumber } from '../../../shared/rules/identity.ts';
import type { BusinessMonth } from '../../../shared/rules/months.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { messageId } from '../../parts/field.tsx';
import { PickInput } from '../../parts/pick-input.tsx';
import { entry as words } from '../../text/entry.ts';
import { rosterQuery } from '../../text/roster-query.ts';
import { useAccountSearch } from './account-search.ts';
import type { AccountSearch } from './account-search.ts';
import { MessageLines, fieldId, inputProps, messagesOfRow } from './field-parts.tsx';
import type { FieldState } from './field-parts.tsx';
import { matchingReasons, reasonCode, reasonText } from './form.ts';
import type { Reasons } from './form.ts';
import { PersonLines } from './person-lines.tsx';

interface AccountFieldProps {
  readonly state: FieldState;
  readonly fundType: string;
  /** The person the complete account belongs to. */
  readonly account: RosterRow | undefined;
  readonly unpaidBefore?: BusinessMonth;
}

/** 个人客户号: twelve digits, or a search by name, pinyin initials or part of a number. */
export function AccountField({ state, fundType, account, unpaidBefore }: AccountFieldProps) {
  const id = fieldId(state.field);
  const search = useAccountSearch(state.value, fundType);
  const messages = messagesOfRow([state]);
  return (
    <div className="field account-field">
      <label htmlFor={id}>{state.label}</label>
      <PickInput<RosterRow>
        id={id}
        label={words.candidates}
        value={state.value}
        onChange={state.onChange}
        options={search.rows}
        optionKey={(row) => row.personalAccount}
        render={(row) => <PersonOption row={row} />}
        more={
          search.total > search.rows.length
            ? words.narrow(search.rows.length, search.total)
            : undefined
        }
        isLooking={search.isLooking}
        onPick={(row) => {
          state.onChange(row.personalAccount);
        }}
        onEnter={state.onEnter}
        input={inputProps(state, id)}
      />
      <div
        className={`field-message account-lines ${unpaidBefore ? 'account-months' : ''}`}
        id={messageId(id)}
        aria-live="polite"
      >
        {account && (
          <PersonLines
            account={account}
            isBrief={messages.length > 0}
            {...(unpaidBefore ? { unpaidBefore } : {})}
          />
        )}
        {(messages.length > 0 || !account) && (
          <MessageLines messages={messages} hint={hintOf(state, search)} />
        )}
      </div>
    </div>
  );
}

function hintOf({ hint }: FieldState, search: AccountSearch): string {
  if (search.isLooking) return words.searching;
  if (search.isNobody) return words.noneFound;
  return search.total > 0 ? words.found(search.total) : hint;
}

function PersonOption({ row }: { row: RosterRow }) {
  return (
    <>
      <span className="pick-name">{row.name}</span>
      <span>{row.personalAccount}</span>
      <span className={row.status === '01' ? 'muted' : 'warn'}>
        {row.status === '01'
          ? maskIdNumber(row.idNumber).slice(-8)
          : rosterQuery.statusWords[row.status]}
      </span>
    </>
  );
}

/** 减少原因: its code, its words, or the arrow keys. */
export function ReasonField({ state, reasons }: { state: FieldState; reasons: Reasons }) {
  const id = fieldId(state.field);
  const { value } = state;
  const code = reasonCode(value, reasons);
  const isKnown = reasons.some((reason) => reason.code === code);
  return (
    <div className="field">
      <label htmlFor={id}>{state.label}</label>
      <PickInput<Reasons[number]>
        id={id}
        label={words.candidates}
        value={value}
        onChange={state.onChange}
        options={isKnown ? noReasons : matchingReasons(value, reasons)}
        optionKey={(reason) => reason.code}
        render={(reason) => reasonText(reason.code, reasons)}
        isLooking={false}
        onPick={(reason) => {
          state.onChange(reasonText(reason.code, reasons));
        }}
        onEnter={state.onEnter}
        input={inputProps(state, id)}
      />
      <div className="field-message" id={messageId(id)} aria-live="polite">
        <MessageLines messages={messagesOfRow([state])} hint={state.hint} />
      </div>
    </div>
  );
}

const noReasons: Reasons = [];

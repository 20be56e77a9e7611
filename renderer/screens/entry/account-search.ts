import { useEffect, useState } from 'react';
import { isFundType } from '../../../shared/rules/policy.ts';
import { normaliseTyped } from '../../../shared/rules/typed.ts';
import type { RosterRow } from '../../../shared/wire/roster.ts';
import { ask } from '../../bridge.ts';
import { completeAccount } from './entry-check.ts';

const SEARCH_AFTER_MS = 80;
const LISTED_MAX = 8;
const TEXT_MAX = 60;

export interface Found {
  readonly rows: readonly RosterRow[];
  readonly total: number;
}

export interface AccountSearch extends Found {
  readonly isLooking: boolean;
  /** The text names nobody in the local roster. */
  readonly isNobody: boolean;
}

const none: Found = { rows: [], total: 0 };

/** What to look for, or nothing: a complete account needs no search, a single letter says too little. */
export function searchText(typed: string): string {
  if (completeAccount(typed) !== '') return '';
  const text = normaliseTyped(typed).text.slice(0, TEXT_MAX);
  const isEnough = /\p{Script=Han}/u.test(text) || text.length > 1;
  return isEnough ? text : '';
}

/** People of the local roster by name, pinyin, or part of account or ID number. */
export function useAccountSearch(typed: string, fundType: string): AccountSearch {
  const text = searchText(typed);
  const question = text === '' ? '' : `${fundType} ${text}`;
  const [answer, setAnswer] = useState<{ readonly question: string; readonly found: Found }>();
  useEffect(() => {
    if (question === '' || !isFundType(fundType)) return;
    let isAsked = true;
    const timer = setTimeout(() => {
      void ask('roster.query', {
        text,
        fundType,
        sort: 'name',
        descending: false,
        offset: 0,
        limit: LISTED_MAX,
      }).then((said) => {
        if (!isAsked) return;
        setAnswer({ question, found: said.ok ? said.value : none });
      });
    }, SEARCH_AFTER_MS);
    return () => {
      isAsked = false;
      clearTimeout(timer);
    };
  }, [question, text, fundType]);
  const isHere = question !== '' && answer?.question === question;
  const found = isHere ? answer.found : none;
  return {
    rows: found.rows,
    total: found.total,
    isLooking: question !== '' && !isHere,
    isNobody: isHere && found.total === 0,
  };
}

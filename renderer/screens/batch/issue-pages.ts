import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Failure } from '../../../shared/errors/result.ts';
import type { BatchIssue } from '../../../shared/ipc/batches.ts';
import type { ValueOf } from '../../../shared/ipc/contract.ts';
import type { windowContract } from '../../../shared/ipc/window.ts';
import type { Severity } from '../../../shared/rules/issue.ts';
import { ask } from '../../bridge.ts';

/** Issues asked for at a time. */
export const ISSUE_PAGE = 100;

export interface IssueFilter {
  readonly severities: readonly Severity[];
  readonly code: string | undefined;
}

type Answer = ValueOf<typeof windowContract, 'batches.issues'>;

export interface IssuesShown {
  /** undefined before the first answer. */
  readonly total: number | undefined;
  readonly counts: Answer['counts'];
  readonly failure: Failure | undefined;
  readonly pages: ReadonlyMap<number, readonly BatchIssue[]>;
}

const nothing: IssuesShown = { total: undefined, counts: [], failure: undefined, pages: new Map() };

/**
 * The issues of a batch, a page at a time. On a new question the old answer is shown until the new
 * one is here; what an older question brings later is dropped.
 */
export class IssuePages {
  readonly #id: string;
  readonly #listeners = new Set<() => void>();
  readonly #asked = new Set<number>();
  #filter: IssueFilter | undefined;
  #turn = 0;
  #shown = nothing;

  constructor(id: string) {
    this.#id = id;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly get = (): IssuesShown => this.#shown;

  async load(filter: IssueFilter): Promise<void> {
    this.#turn += 1;
    this.#filter = filter;
    this.#asked.clear();
    await this.#fetch(0, true);
  }

  need(first: number, end: number): void {
    for (let page = Math.floor(first / ISSUE_PAGE); page * ISSUE_PAGE < end; page += 1) {
      if (!this.#shown.pages.has(page)) void this.#fetch(page, false);
    }
  }

  async #fetch(page: number, isFirst: boolean): Promise<void> {
    if (!this.#filter || this.#asked.has(page)) return;
    this.#asked.add(page);
    const mine = this.#turn;
    const { severities, code } = this.#filter;
    const answer = await ask('batches.issues', {
      id: this.#id,
      severities: [...severities],
      ...(code === undefined ? {} : { code }),
      offset: page * ISSUE_PAGE,
      limit: ISSUE_PAGE,
    });
    if (mine !== this.#turn) return;
    if (!answer.ok) {
      this.#asked.delete(page);
      this.#tell({ ...this.#shown, failure: answer });
      return;
    }
    const { issues, total, counts } = answer.value;
    const kept = isFirst ? [] : this.#shown.pages;
    const pages = new Map([...kept, [page, issues] as const]);
    this.#tell({ total, counts, failure: undefined, pages });
  }

  #tell(shown: IssuesShown): void {
    this.#shown = shown;
    for (const listener of this.#listeners) listener();
  }
}

/** Reads again with each change of the batch. */
export function useIssuePages(id: string, filter: IssueFilter, revision: number): IssuePages {
  const [pages] = useState(() => new IssuePages(id));
  useEffect(() => {
    void pages.load(filter);
  }, [pages, filter, revision]);
  useSyncExternalStore(pages.subscribe, pages.get);
  return pages;
}

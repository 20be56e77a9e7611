import { describe, expect, it } from 'vitest';
import { loadInitials } from '../../../renderer/help/initials.ts';
import { markTerms, searchHelp } from '../../../renderer/help/search.ts';
import { sections } from '../../../renderer/help/sections.ts';
import { topicIds, topics } from '../../../renderer/help/topics.ts';
import { errorCodes } from '../../../shared/errors/catalogue.ts';

const titles = (query: string) => searchHelp(sections, query).map(({ section }) => section.title);
const first = (query: string) => searchHelp(sections, query)[0]?.section;

describe('the search of the help', () => {
  it.each(topicIds)('finds the page %s by its title, first of all', (topic) => {
    expect(first(topics[topic].title)?.place).toMatchObject({ page: 'topic', topic });
  });

  it.each(errorCodes)('finds the message %s by its code and by its words', (code) => {
    for (const query of [code, code.toLowerCase()]) {
      expect(searchHelp(sections, query).map(({ section }) => section.place)).toContainEqual({
        page: 'errors',
        code,
      });
    }
  });

  it('wants every term, wherever it stands', () => {
    const both = searchHelp(sections, '补缴 比例');
    expect(both.length).toBeGreaterThan(0);
    for (const { section } of both) {
      const all = `${section.title} ${section.heading} ${section.text}`;
      expect(all).toContain('补缴');
      expect(all).toContain('比例');
    }
    expect(searchHelp(sections, '补缴 驾驶证')).toEqual([]);
  });

  it('finds a sentence that stands nowhere by what it shares', () => {
    expect(first('忘记网银盾口令')?.heading).toBe('忘记口令或交易密码');
  });

  it('finds titles by pinyin initials once these are loaded', async () => {
    expect(searchHelp(sections, 'bfyhf')).toEqual([]);
    const found = searchHelp(sections, 'bfyhf', await loadInitials());
    expect(found[0]?.section.title).toBe(topics.backup.title);
  });

  it('finds nothing for nothing', () => {
    expect(titles('')).toEqual([]);
    expect(titles('   ')).toEqual([]);
    expect(titles('驾驶证')).toEqual([]);
  });

  it('shows the place where a word stands', () => {
    const [found] = searchHelp(sections, '95%');
    expect(found).toBeUndefined();
    expect(searchHelp(sections, '选择性粘贴')[0]?.snippet).toContain('选择性粘贴');
  });
});

it('marks every term in a text', () => {
  expect(markTerms('网银盾的口令', '口令 网银盾')).toEqual([
    { text: '网银盾', isTerm: true },
    { text: '的', isTerm: false },
    { text: '口令', isTerm: true },
  ]);
  expect(markTerms('PIN_WRONG', 'pin')).toEqual([
    { text: 'PIN', isTerm: true },
    { text: '_WRONG', isTerm: false },
  ]);
});

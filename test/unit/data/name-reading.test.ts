import { describe, expect, it } from 'vitest';
import { foldSearch, NameReader, personKey } from '../../../electron/data/roster/folding.ts';

const reader = new NameReader();

describe('names as they are looked up', () => {
  it.each([
    ['单雄信', 'shanxiongxin', 'sxx'],
    ['曾国藩', 'zengguofan', 'zgf'],
    ['欧阳修', 'ouyangxiu', 'oyx'],
    ['吕布', 'lvbu', 'lb'],
    ['买买提·艾力', 'maimaitiaili', 'mmtal'],
    ['John Smith', 'johnsmith', 'js'],
    // no reading known: the character stands for itself
    ['𠮷田', '𠮷tian', '𠮷t'],
    ['㐀明', '㐀ming', '㐀m'],
  ])('%s reads %s, %s', (name, pinyin, initials) => {
    expect(reader.read(name)).toEqual({ pinyin, initials });
  });

  it('compares without case, width, spaces and dots', () => {
    expect(foldSearch(' ＺＨＡＮＧ san')).toBe('zhangsan');
    expect(foldSearch('买买提・艾力')).toBe(foldSearch('买买提艾力'));
    expect(foldSearch('99010019900101001x')).toBe(foldSearch('99010019900101001X'));
  });

  it('keeps a person with 15 and with 18 characters one person', () => {
    expect(personKey('01', '990100900101001')).toBe(personKey('01', '990100199001010012'));
    expect(personKey('03', 'e1234567')).toBe('E1234567');
  });
});

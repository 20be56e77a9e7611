import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../renderer/help/content.ts';
import { plainText, readInline } from '../../../renderer/help/inline.ts';
import { topicGroups, topicIds, topicOf, topics } from '../../../renderer/help/topics.ts';
import { placeOf } from '../../../renderer/screens/help/link-place.ts';
import { screenSchema } from '../../../shared/ipc/screens.ts';

const folder = join(import.meta.dirname, '../../../renderer/help/pictures');
const files = readdirSync(folder).map((file) => file.replace(/\.png$/, ''));
const PICTURES_BYTES_MAX = 3 * 1024 * 1024;

const blocks = topicIds.flatMap((topic) =>
  topics[topic].blocks.map((block): { topic: string; block: Block } => ({ topic, block })),
);
const pictures = blocks.flatMap(({ topic, block }) =>
  block.kind === 'picture' ? [{ topic, ...block }] : [],
);

function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'note':
      return [block.text];
    case 'steps':
    case 'list':
      return block.items;
    case 'table':
      return block.rows.flat();
    case 'picture':
      return [block.caption, block.alternative];
  }
}

describe('the pages of the help', () => {
  it('names only pictures that are there, each with a caption and words for those who do not see it', () => {
    expect(pictures.length).toBeGreaterThan(20);
    for (const { topic, name, caption, alternative } of pictures) {
      expect(files, topic).toContain(name);
      expect(caption, topic).not.toBe('');
      expect(alternative.length, name).toBeGreaterThan(15);
    }
  });

  it('shows every picture of the folder, which is small', () => {
    expect(files.toSorted()).toEqual([...new Set(pictures.map(({ name }) => name))].toSorted());
    const sizes = files.map((file) => statSync(join(folder, `${file}.png`)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(PICTURES_BYTES_MAX);
  });

  it('leads only to pages that are there', () => {
    const links = blocks.flatMap(({ topic, block }) =>
      textsOf(block)
        .flatMap(readInline)
        .flatMap((stretch) => (stretch.kind === 'link' ? [{ topic, to: stretch.to }] : [])),
    );
    expect(links.length).toBeGreaterThan(15);
    for (const { topic, to } of links) expect(placeOf(to), `${topic} to ${to}`).toBeDefined();
  });

  it('leaves no mark of a text unread', () => {
    for (const { topic, block } of blocks) {
      for (const text of textsOf(block))
        expect(plainText(text), topic).not.toMatch(/\*\*|\[\[|\]\]/);
    }
  });

  it('calls what is on the screen by the words of the screen', () => {
    const texts = new URL('../../../renderer/text/', import.meta.url);
    const screens = readdirSync(texts)
      .map((file) => readFileSync(new URL(file, texts), 'utf8'))
      .join('');
    const named = blocks.flatMap(({ topic, block }) =>
      textsOf(block)
        .flatMap(readInline)
        .flatMap(({ kind, text }) => (kind === 'strong' ? [{ topic, text }] : [])),
    );
    expect(named.length).toBeGreaterThan(100);
    // 打印 of a paper is put together from both
    const isOnScreen = (text: string) =>
      screens.includes(text) || screens.includes(`'${/^打印(.+)$/.exec(text)?.[1] ?? text}'`);
    const strange = named.filter(({ text }) => text !== 'F1' && !isOnScreen(text));
    expect(strange).toEqual([]);
  });

  it('speaks as the program does: no exclamation marks, one word for one thing', () => {
    for (const { topic, block } of blocks) {
      for (const text of textsOf(block))
        expect(text, topic).not.toMatch(/[！!]|请您|员工|(?<!从)服务器/);
    }
  });

  it('is in the contents once, and there is a page for every screen', () => {
    expect(topicGroups.flatMap(({ ids }) => ids).toSorted()).toEqual(topicIds.toSorted());
    for (const screen of screenSchema.options) expect(topicIds).toContain(topicOf(screen));
  });

  it('gives a table as many cells in each row as in its head', () => {
    for (const { topic, block } of blocks) {
      if (block.kind !== 'table') continue;
      for (const row of block.rows) expect(row, topic).toHaveLength(block.head.length);
    }
  });
});

it('splits a text at its marks', () => {
  expect(readInline('按**确认**，见[[confirm|回执]]。')).toEqual([
    { kind: 'plain', text: '按' },
    { kind: 'strong', text: '确认' },
    { kind: 'plain', text: '，见' },
    { kind: 'link', to: 'confirm', text: '回执' },
    { kind: 'plain', text: '。' },
  ]);
});

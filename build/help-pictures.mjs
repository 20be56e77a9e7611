/// <reference lib="dom" />
// The pictures of the help (renderer/help/pictures), from the real renderer on hand-fed data:
// node build/help-pictures.mjs [NAME...]. Each is a palette image of at most 256 colours.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { pictures } from '../test/fixtures/window-bridge/picture-list.mjs';
import { openStage, takePicture } from '../test/fixtures/window-bridge/picture-stage.mjs';
import { localCache, root, say } from './setup/place.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** Name in the help → name in the list of pictures. */
const SHOWN = {
  platform: 'start',
  'sign-in': 'sign-in',
  today: 'today',
  'last-try': 'start-last',
  sync: 'sync-changed',
  registration: 'registration',
  reduction: 'reduction-search',
  missed: 'missed-why',
  shortfall: 'shortfall',
  queue: 'registration-edit',
  confirm: 'confirm',
  applied: 'confirm-applied',
  'after-hours': 'after-hours',
  counter: 'counter',
  templates: 'templates',
  'batch-issues': 'batch-many',
  'batch-send': 'send-held',
  'batch-sent': 'batch-sent',
  results: 'query-yellow',
  'roster-query': 'query-roster',
  'month-close': 'month-differs',
  applications: 'applications',
  story: 'story-applied',
  'audit-trail': 'audit-trail',
  backup: 'backup',
  restore: 'backup-preview',
  notices: 'notices-open',
};
const VIEWPORT = { width: 1180, height: 640 };
const COLOURS_MAX = 256;

const folder = path.join(root, 'renderer/help/pictures');
const wanted = process.argv.slice(2);
fs.mkdirSync(folder, { recursive: true });
const stage = await openStage(path.join(localCache, 'help-pictures'));
const context = await stage.openContext(VIEWPORT);
const eye = await context.newPage();
for (const [name, source] of Object.entries(SHOWN)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const picture = pictures.find((one) => one.name === source);
  if (!picture) throw new Error(`there is no picture ${source}`);
  const full = await takePicture(context, stage.address, picture, (text) => {
    throw new Error(text);
  });
  const bytes = encodePalette(await readPixels(eye, full));
  fs.writeFileSync(path.join(folder, `${name}.png`), bytes);
  say(`${name}.png ${Math.round(bytes.length / 1024)} KB`);
}
await stage.close();

/**
 * The browser that took a picture also reads it: RGB of every pixel.
 *
 * @param {Page} page
 * @param {Buffer} png
 */
async function readPixels(page, png) {
  const url = `data:image/png;base64,${png.toString('base64')}`;
  const { width, height, text } = await page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context2d = canvas.getContext('2d');
    if (!context2d) throw new Error('no canvas');
    context2d.drawImage(image, 0, 0);
    const { data } = context2d.getImageData(0, 0, image.width, image.height);
    let binary = '';
    for (let at = 0; at < data.length; at += 4)
      binary += String.fromCharCode(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    return { width: image.width, height: image.height, text: btoa(binary) };
  }, url);
  return { width, height, rgb: Buffer.from(text, 'base64') };
}

/**
 * An indexed PNG. The most frequent colours stay, each other one becomes the nearest of them: what a
 * screen has beyond 256 are shades at the edges of letters.
 *
 * @param {{ width: number, height: number, rgb: Buffer }} pixels
 */
function encodePalette({ width, height, rgb }) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const palette = byCount.slice(0, COLOURS_MAX);
  const indexOf = new Map(byCount.map((colour) => [colour, nearest(palette, colour)]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = rgb.readUIntBE((y * width + x) * 3, 3);
      lines[y * (width + 1) + 1 + x] = indexOf.get(colour) ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits a pixel, indexed
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, at) => colours.writeUIntBE(colour, at * 3, 3));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', zlib.deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param {readonly number[]} palette
 * @param {number} colour
 */
function nearest(palette, colour) {
  let best = 0;
  let least = Infinity;
  palette.forEach((one, at) => {
    const distance = [16, 8, 0].reduce(
      (sum, shift) => sum + (((one >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
      0,
    );
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(zlib.crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

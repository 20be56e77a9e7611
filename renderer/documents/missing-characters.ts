/** Beyond what every font of a Chinese system has. */
const RARE = /[\u3400-\u4dbf\u9fa6-\u9fff\ue000-\uf8ff\u{20000}-\u{3ffff}]/gu;
/** No font has it: what the engine draws instead stands for every character it cannot draw. */
const IN_NO_FONT = '\u{3fffd}';
const SIZE_PX = 24;

/** Of the rare characters in `text`, those no font of this computer has: they come out as boxes. */
export function missingCharacters(text: string, fontFamily: string): string[] {
  const rare = [...new Set(text.match(RARE) ?? [])];
  if (rare.length === 0) return [];
  const canvas = document.createElement('canvas');
  canvas.width = 2 * SIZE_PX;
  canvas.height = 2 * SIZE_PX;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  context.font = `${SIZE_PX}px ${fontFamily}`;
  const draw = (character: string): string => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillText(character, SIZE_PX / 2, SIZE_PX * 1.5);
    return context.getImageData(0, 0, canvas.width, canvas.height).data.join();
  };
  const box = draw(IN_NO_FONT);
  return rare.filter((character) => draw(character) === box);
}

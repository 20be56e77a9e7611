import type { RegistrationItem, RegistrationOrder } from '../../../shared/wire/orders.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A synthetic person's number by the table of GB 11643; each `number` is another person. */
export function idNumberOf(number: number): string {
  const year = 1970 + (number % 30);
  const month = String(1 + (Math.floor(number / 30) % 12)).padStart(2, '0');
  const day = String(1 + (Math.floor(number / 360) % 28)).padStart(2, '0');
  const order = String(1 + Math.floor(number / 10_080)).padStart(3, '0');
  const digits = `990101${year}${month}${day}${order}`;
  const sum = Array.from(digits).reduce(
    (total, digit, i) => total + Number(digit) * (WEIGHTS[i] ?? 0),
    0,
  );
  return digits + ('10X98765432'[sum % 11] ?? '');
}

/** 8,000.00 yuan at 12 %: 960.00 each for unit and person. */
export function sampleItem(
  number: number,
  changes: Partial<RegistrationItem> = {},
): RegistrationItem {
  return {
    seq: 1,
    fundType: '10',
    name: '李测试',
    idType: '01',
    idNumber: idNumberOf(number),
    base: 800_000,
    unitRatio: 12,
    personalRatio: 12,
    unitFen: 96_000,
    personalFen: 96_000,
    ...changes,
  };
}

export function sampleOrder(
  items: readonly RegistrationItem[],
  changes: Partial<RegistrationOrder> = {},
): RegistrationOrder {
  const numbered = items.map((item, index) => ({ ...item, seq: index + 1 }));
  const fen = numbered.reduce((sum, item) => sum + item.unitFen + item.personalFen, 0);
  return {
    kind: 'registration',
    origin: 'single',
    businessMonth: 202612,
    totals: { count: numbered.length, fen },
    items: numbered,
    ...changes,
  };
}

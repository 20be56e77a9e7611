import { receiptsAnswerSchema } from '../../../shared/wire/orders.ts';
import type { Receipt } from '../../../shared/wire/orders.ts';
import type { RawClient } from './raw-client.ts';

/** All receipts of the unit in their order; throws where a number or a link is missing. */
export async function readChain(client: RawClient, limit = 200): Promise<Receipt[]> {
  const chain: Receipt[] = [];
  let prev = '';
  for (let more = true; more;) {
    const answer = await client.ask('WL2003', { after: chain.length, limit });
    const page = receiptsAnswerSchema.parse(answer.body);
    for (const base64 of page.receipts) {
      const { receipt, hash } = client.readReceipt(base64);
      if (receipt.rno !== chain.length + 1) throw new Error(`receipt ${receipt.rno} out of line`);
      if (receipt.prev !== prev) throw new Error(`receipt ${receipt.rno} names another one before`);
      prev = hash;
      chain.push(receipt);
    }
    more = page.more;
  }
  return chain;
}

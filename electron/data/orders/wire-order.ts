import type { z } from 'zod';
import { requestSchema } from '../../../shared/wire/envelope.ts';
import { orderBodySchema } from '../../../shared/wire/orders.ts';

const orderRequestSchema = requestSchema.extend({ body: orderBodySchema });
export type OrderRequest = z.output<typeof orderRequestSchema>;

/** Reads back the content of an order as stored; it was written by this program. */
export function readOrderContent(content: Uint8Array): OrderRequest {
  return orderRequestSchema.parse(JSON.parse(Buffer.from(content).toString('utf8')));
}

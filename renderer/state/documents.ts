import type { Order } from '../../shared/ipc/data.ts';
import { documents as words } from '../text/documents.ts';
import { kindWords } from '../text/kinds.ts';
import { monthClose } from '../text/month-close.ts';
import type { NamedDocument } from './output.ts';

/** The documents that hang on an order or a month, as the clerk calls them and their files. */

/** 业务凭单; there is one for what the centre has taken. */
export function voucherOf({
  oid,
  kind,
  serialNumber,
}: Pick<Order, 'oid' | 'kind' | 'serialNumber'>): NamedDocument {
  return {
    title: words.voucher,
    fileName: `${words.voucher}-${kindWords[kind]}-${serialNumber}`,
    request: { document: 'voucher', oid },
  };
}

export function hasVoucher({ state }: Pick<Order, 'state'>): boolean {
  return state === 'applied';
}

/** 已受理业务清单 of a business month, of all kinds. */
export function acceptedListOf(businessMonth: number): NamedDocument {
  return {
    title: words.acceptedList,
    fileName: words.acceptedFileOf(businessMonth),
    request: { document: 'accepted', businessMonth },
  };
}

/** 对账单 of a business month that agrees. */
export function monthSheetOf(businessMonth: number): NamedDocument {
  return {
    title: monthClose.sheet,
    fileName: monthClose.sheetFileOf(businessMonth),
    request: { document: 'month', businessMonth },
  };
}

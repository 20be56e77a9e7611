import type { Result } from '../../shared/errors/result.ts';
import type { DocumentRequest } from '../../shared/ipc/documents.ts';
import { readAcceptedList } from './accepted-list.ts';
import { readApplication } from './application.tsx';
import { readCounterList } from './counter-list.ts';
import { readMonthSheet } from './month-sheet.tsx';
import type { Paper } from './paper.ts';
import { readVoucher } from './voucher.ts';

/** What stands on a document, read anew from what is stored. */
export function readDocument(request: DocumentRequest): Promise<Result<Paper>> {
  switch (request.document) {
    case 'voucher':
      return readVoucher(request.oid);
    case 'accepted':
      return readAcceptedList(request.businessMonth);
    case 'month':
      return readMonthSheet(request.businessMonth);
    case 'counter':
      return readCounterList();
    case 'application':
      return readApplication(request.action, request.fields);
  }
}

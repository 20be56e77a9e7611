import type { AuditCase, ClientState, Raise } from './case.ts';
import type { ClientOrder, ClientSubmission } from './client-books.ts';

const underWay: readonly string[] = ['draft', 'signed', 'sent'];

/** What one computer says of each of its orders is what the centre's books say. */
export function checkOrders(given: AuditCase, client: ClientState, raise: Raise): void {
  const submissions = new Map<string, ClientSubmission[]>();
  for (const submission of client.submissions) {
    const others = submissions.get(submission.oid);
    if (others) others.push(submission);
    else submissions.set(submission.oid, [submission]);
  }
  for (const order of client.orders) {
    const say = (detail: string) => {
      raise('stateDiffers', `${client.name}, order ${order.oid} ${order.state}: ${detail}`);
    };
    checkOrder(given, order, say);
    for (const submission of submissions.get(order.oid) ?? []) {
      checkSubmission(given, submission, say);
    }
    if (given.isFinal && underWay.includes(order.state)) {
      raise('notSettled', `${client.name}, order ${order.oid} is ${order.state}`);
    }
  }
  checkAmounts(given, client, raise);
}

function checkOrder(
  { centre }: AuditCase,
  order: ClientOrder,
  say: (detail: string) => void,
): void {
  const line = centre.ledger.get(order.oid);
  switch (order.state) {
    case 'applied':
      if (!line) say('not in the ledger');
      else if (line.count !== order.acceptedCount || line.fen !== order.acceptedFen) {
        say(`${order.acceptedFen} fen, the ledger ${line.fen}`);
      }
      if (centre.receipts[(order.receiptRno ?? 0) - 1]?.sn !== line?.sn) say('another receipt');
      return;
    case 'rejected':
      if (line) say('in the ledger');
      if (centre.serials.get(order.sn ?? '')?.state !== 'rejected')
        say('not refused by the centre');
      return;
    case 'void':
      if (line) say('in the ledger');
      return;
    case 'draft':
      if (line) say('in the ledger without a signature here');
      return;
    case 'signed':
    case 'sent':
      return;
  }
}

/** What was signed once is closed at the centre before this computer calls it void. */
function checkSubmission(
  { centre }: AuditCase,
  { sn, state, isSigned, hasProof, digest }: ClientSubmission,
  say: (detail: string) => void,
): void {
  const serial = centre.serials.get(sn);
  if (serial && serial.state !== 'void' && serial.digest !== digest && state !== 'void') {
    say(`serial ${sn} belongs to other bytes`);
  }
  if (state !== 'void' || isSigned === 0) return;
  const isClosed = serial !== undefined && (serial.state === 'void' || serial.digest !== digest);
  if (!isClosed || hasProof === 0) say(`serial ${sn} was signed and given up without proof`);
}

/** Item by item what this computer has stored of the order, and the ledger's item. */
function checkAmounts({ centre, isFinal }: AuditCase, client: ClientState, raise: Raise): void {
  const ours = new Map(client.items.map((item) => [`${item.oid} ${item.seq}`, item]));
  for (const { oid, seq, unitFen, personalFen, state } of centre.items) {
    const item = ours.get(`${oid} ${seq}`);
    if (!item) continue;
    const where = `${client.name}, order ${oid}, item ${seq}`;
    if (item.unitFen !== unitFen || item.personalFen !== personalFen) raise('amounts', where);
    // what is under review meanwhile may be decided already, and not asked for yet
    const isDecided = item.state === 'succeeded' || item.state === 'failed';
    if ((isFinal || isDecided) && item.state !== state) {
      raise('resultDiffers', `${where} is ${item.state ?? 'unknown'}, at the centre ${state}`);
    }
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { WireAnswer } from '../../shared/wire/envelope.ts';
import { pageAnswerSchema } from '../../shared/wire/roster.ts';
import { makeAuthority, makeLeaf } from './certificates.ts';
import type { Centre } from './centre/centre.ts';
import { CentreSeal, hashOf } from './centre/seal.ts';
import { answerMessage, bindAnswer, type Incoming, sealAnswer } from './centre/service.ts';
import { type Fault, type FaultAction, type FaultControl, transactionOf } from './faults.ts';
import { type GatewayAnswer, signedAnswer } from './gateway.ts';
import { CENTRE_NAME } from './pki.ts';

const FAULT_EXIT = 99;
const PAGE = '<!doctype html><title>网络认证</title><p>请先登录网络。</p>';

/** Puts the fault control between gateway and centre. For tests only; see faults.ts. */
export class FaultyAnswers {
  readonly #centre: Centre;
  readonly #control: FaultControl;
  readonly #earlier = new Map<string, Buffer>();
  #impostor: Promise<CentreSeal> | undefined;

  constructor(centre: Centre, control: FaultControl) {
    this.#centre = centre;
    this.#control = control;
  }

  async answer(incoming: Incoming): Promise<GatewayAnswer | undefined> {
    const fault = this.#control.next(incoming.bytes);
    const tx = transactionOf(incoming.bytes);
    const before = this.#findEarlier(tx, fault);
    const instead = fault && (await this.#strikeBefore(fault, incoming));
    if (instead !== undefined) return instead === 'cut' ? undefined : instead;
    if (fault?.do === 'twice') answerMessage(this.#centre, incoming);
    const handled = answerMessage(this.#centre, incoming);
    const content = fault ? spoilPage(handled, fault.do) : handled;
    if (fault?.do === 'delayBefore') {
      this.#control.note({ id: fault.id, do: fault.do, tx, code: content.code });
    }
    if (fault?.do === 'otherKey') {
      this.#impostor ??= makeImpostor();
      return signedAnswer((await this.#impostor).seal(content, this.#centre.clock.nowMs()));
    }
    const answer = sealAnswer(this.#centre, content);
    this.#earlier.set(tx, answer);
    return fault ? this.#strikeAfter(fault, answer, before) : signedAnswer(answer);
  }

  /** An answer given before: the latest of the same transaction, or (swap) of any other. */
  #findEarlier(tx: string, fault: Fault | undefined): Buffer | undefined {
    const others = [...this.#earlier].filter(([known]) => known !== tx);
    const foreign = others.at(-1)?.[1];
    return fault?.do === 'swap' ? foreign : (this.#earlier.get(tx) ?? foreign);
  }

  /** What keeps the request from the centre, if anything. */
  async #strikeBefore(
    fault: Fault,
    { bytes }: Incoming,
  ): Promise<GatewayAnswer | 'cut' | undefined> {
    if (fault.do === 'dropBefore') return 'cut';
    if (fault.do === 'exitBefore') process.exit(FAULT_EXIT);
    if (fault.do === 'delayBefore') await wait(fault.ms);
    if (fault.do === 'maintenance' || fault.do === 'busy') {
      const code = fault.do === 'busy' ? 'WLX501' : 'WLX502';
      const content = bindAnswer(this.#centre, hashOf(bytes), { code, body: null });
      return signedAnswer(sealAnswer(this.#centre, content));
    }
    return undefined;
  }

  async #strikeAfter(
    fault: Fault,
    answer: Buffer,
    before: Buffer | undefined,
  ): Promise<GatewayAnswer | undefined> {
    switch (fault.do) {
      case 'dropAfter':
        return undefined;
      case 'exitAfter':
        return process.exit(FAULT_EXIT);
      case 'delayAfter':
        await wait(fault.ms);
        return signedAnswer(answer);
      case 'html':
        return { status: 200, contentType: 'text/html; charset=utf-8', bytes: Buffer.from(PAGE) };
      case 'http500':
        return { status: 500, contentType: 'text/plain', bytes: Buffer.alloc(0) };
      case 'flip':
        return signedAnswer(flipBit(answer));
      case 'truncate':
        return signedAnswer(answer.subarray(0, Math.floor(answer.byteLength / 2)));
      case 'replay':
      case 'swap':
        return signedAnswer(before ?? answer);
      case 'twice':
      case 'delayBefore':
      case 'dropBefore':
      case 'maintenance':
      case 'busy':
      case 'exitBefore':
      case 'otherKey':
      case 'pageAltered':
      case 'pageShort':
      case 'pageForeign':
        return signedAnswer(answer);
    }
  }
}

/** A page that the manifest's hashes do not fit, or that belongs to another download. */
function spoilPage(answer: WireAnswer, action: FaultAction): WireAnswer {
  const page = pageAnswerSchema.safeParse(answer.body);
  if (!page.success) return answer;
  const { content } = page.data;
  const spoil: Partial<Record<FaultAction, Partial<typeof page.data>>> = {
    pageAltered: { content: content.replace(/\d(?=\D*$)/, (digit) => (digit === '1' ? '2' : '1')) },
    pageShort: { content: content.replace(/[^\n]*\n$/, '') },
    pageForeign: { downloadId: randomUUID() },
  };
  return { ...answer, body: { ...page.data, ...spoil[action] } };
}

/** The same names, but a key the client has never been told of. */
async function makeImpostor(): Promise<CentreSeal> {
  const authority = await makeAuthority({
    C: 'CN',
    O: CENTRE_NAME,
    CN: '演示住房公积金中心根证书',
  });
  const subject = { C: 'CN', O: '演示', CN: CENTRE_NAME };
  return new CentreSeal(await makeLeaf(authority, { subject, purpose: 'signing' }));
}

function flipBit(answer: Buffer): Buffer {
  const flipped = Buffer.from(answer);
  const middle = Math.floor(flipped.byteLength / 2);
  flipped.writeUInt8(flipped.readUInt8(middle) ^ 1, middle);
  return flipped;
}

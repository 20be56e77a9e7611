import {
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  scryptSync,
  X509Certificate,
} from 'node:crypto';
import { Agent, request as httpsRequest } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { certify } from '../../../electron/demo/certificates.ts';
import { CENTRE_NAME, GATEWAY_SERVER_NAME } from '../../../electron/demo/pki.ts';
import { PRACTICE_PASSWORD, PRACTICE_USER } from '../../../electron/demo/people/units.ts';
import { signWithSoftwareKey } from '../../../electron/cms/sign.ts';
import { verifySigned } from '../../../electron/cms/verify.ts';
import {
  answerSchema,
  PLAIN_CONTENT_TYPE,
  SIGNED_CONTENT_TYPE,
  type Transaction,
  WIRE_PATH,
  type WireAnswer,
  type WireRequest,
} from '../../../shared/wire/envelope.ts';
import { type Receipt, receiptSchema } from '../../../shared/wire/orders.ts';
import {
  helloAnswerSchema,
  openAnswerSchema,
  type OpenAnswer,
  PASSWORD_SCRYPT,
  passwordSalt,
} from '../../../shared/wire/session.ts';
import type { CentreProcess } from './centre-process.ts';

export interface RawReply {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Anything of a request may be told a lie. */
export type Doctoring = Partial<Omit<WireRequest, 'tx' | 'typ'>> & {
  readonly v?: number;
  readonly signer?: SoftwareSigner;
};

export interface SoftwareSigner {
  readonly certificateDer: Buffer;
  readonly privateKey: KeyObject;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A key of the demo bank, made in memory: what it is for is the test's to say. */
export async function makeSigner(
  centre: CentreProcess,
  unit: string,
  terms: { authority?: 'bank-ca' | 'centre-ca'; notAfter?: Date; subjectUnit?: string } = {},
): Promise<SoftwareSigner> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = terms.authority ?? 'bank-ca';
  const authority = {
    certificatePem: centre.pki(`${name}.pem`),
    privateKeyPem: centre.pki(`${name}.key.pem`),
  };
  const pem = await certify(authority, publicKey.export({ format: 'der', type: 'spki' }), {
    subject: { C: 'CN', CN: '示例测试有限公司', '2.5.4.5': terms.subjectUnit ?? unit },
    purpose: 'signing',
    ...(terms.notAfter ? { notAfter: terms.notAfter } : {}),
  });
  return { certificateDer: new X509Certificate(pem).raw, privateKey };
}

/** Speaks WL/1 by hand, without a line of the product's client, and can be told to lie. */
export class RawClient {
  readonly unit: string;
  readonly user: string;
  readonly installation: string;
  readonly signer: SoftwareSigner;
  sid = '';
  prm = 0;
  offsetMs = 0;
  opened: OpenAnswer | undefined;
  readonly #centre: CentreProcess;
  readonly #centreAnchor: X509Certificate;
  readonly #agent: Agent;
  #counter = 0;

  constructor(centre: CentreProcess, unit: string, signer: SoftwareSigner, user = PRACTICE_USER) {
    this.#centre = centre;
    this.unit = unit;
    this.user = user;
    this.signer = signer;
    this.installation = randomUUID();
    this.#centreAnchor = new X509Certificate(centre.pki('centre-ca.pem'));
    this.#agent = new Agent({
      ca: centre.pki('gateway-ca.pem'),
      servername: GATEWAY_SERVER_NAME,
      keepAlive: true,
    });
  }

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  nextSerial(): string {
    this.#counter += 1;
    const prefix = this.opened?.serialPrefix ?? '000000';
    const last = this.opened?.serialLast ?? 0;
    return prefix + String(last + this.#counter).padStart(10, '0');
  }

  /** The request's JSON; a signed transaction's content, or the body as sent. */
  content(tx: Transaction, body: unknown, doctoring: Doctoring = {}): Buffer {
    const request = {
      v: 1,
      typ: 'req',
      tx,
      aud: CENTRE_NAME,
      unit: this.unit,
      user: this.user,
      sid: this.sid,
      sn: '',
      oid: '',
      exp: new Date(this.nowMs() + 600_000).toISOString(),
      ts: new Date(this.nowMs()).toISOString(),
      nonce: randomBytes(32).toString('hex'),
      prm: this.prm,
      body,
      ...doctoring,
      signer: undefined,
    };
    return Buffer.from(JSON.stringify(request), 'utf8');
  }

  signed(tx: Transaction, body: unknown, doctoring: Doctoring = {}): Buffer {
    const { certificateDer, privateKey } = doctoring.signer ?? this.signer;
    const content = this.content(tx, body, doctoring);
    return signWithSoftwareKey(content, certificateDer, privateKey, new Date(this.nowMs()));
  }

  /** One HTTPS exchange; rejects when the connection is cut. */
  post(
    bytes: Buffer,
    headers: Record<string, string> = { 'content-type': SIGNED_CONTENT_TYPE },
    line: { method?: string; path?: string } = {},
  ): Promise<RawReply> {
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          host: '127.0.0.1',
          port: this.#centre.port,
          agent: this.#agent,
          method: line.method ?? 'POST',
          path: line.path ?? WIRE_PATH,
          headers: {
            'accept-encoding': 'gzip',
            'content-length': String(bytes.byteLength),
            ...headers,
          },
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('error', reject);
          response.on('end', () => {
            const raw = Buffer.concat(pieces);
            const isPacked = response.headers['content-encoding'] === 'gzip';
            resolve({
              status: response.statusCode ?? 0,
              contentType: response.headers['content-type'] ?? '',
              bytes: isPacked ? gunzipSync(raw) : raw,
            });
          });
        },
      );
      request.on('error', reject);
      request.end(bytes);
    });
  }

  /** The answer, or an error saying why it proves nothing. */
  prove(reply: RawReply, requestHash: string): WireAnswer {
    const cms = verifySigned(reply.bytes, { anchors: [this.#centreAnchor], atMs: this.nowMs() });
    if (!cms.ok) throw new Error(`unproven answer: ${cms.fault} ${cms.detail} (${reply.status})`);
    const answer = answerSchema.parse(JSON.parse(cms.content.toString('utf8')));
    if (answer.re !== requestHash) throw new Error('unproven answer: of another request');
    return answer;
  }

  async sendSigned(bytes: Buffer): Promise<WireAnswer> {
    return this.prove(await this.post(bytes), hashOf(bytes));
  }

  async sendPlain(bytes: Buffer): Promise<WireAnswer> {
    const reply = await this.post(bytes, { 'content-type': PLAIN_CONTENT_TYPE });
    return this.prove(reply, hashOf(bytes));
  }

  async ask(tx: Transaction, body: unknown, doctoring: Doctoring = {}): Promise<WireAnswer> {
    return this.sendPlain(this.content(tx, body, doctoring));
  }

  /** A new challenge; also sets the clock offset. */
  async hello(): Promise<string> {
    const answer = await this.ask('WL0001', { versions: [1], client: 'test' }, { sid: '' });
    const { challenge, serverTime } = helloAnswerSchema.parse(answer.body);
    this.offsetMs = Date.parse(serverTime) - Date.now();
    return challenge;
  }

  openRequest(challenge: string, password = PRACTICE_PASSWORD, doctoring: Doctoring = {}): Buffer {
    const proof = proofOf(this.unit, this.user, password, challenge);
    const body = { challenge, proof, installation: this.installation };
    return this.signed('WL0002', body, { sid: '', ...doctoring });
  }

  async signIn(): Promise<OpenAnswer> {
    const answer = await this.sendSigned(this.openRequest(await this.hello()));
    if (answer.code !== '000000') throw new Error(`sign-in: ${answer.code}`);
    this.opened = openAnswerSchema.parse(answer.body);
    this.#counter = 0;
    this.sid = this.opened.sid;
    this.prm = this.opened.parameterVersion;
    return this.opened;
  }

  /** A receipt, verified as one. */
  readReceipt(base64: string | undefined): { receipt: Receipt; hash: string } {
    if (base64 === undefined) throw new Error('no receipt');
    const bytes = Buffer.from(base64, 'base64');
    const cms = verifySigned(bytes, { anchors: [this.#centreAnchor], atMs: this.nowMs() });
    if (!cms.ok) throw new Error(`unproven receipt: ${cms.fault}`);
    const receipt = receiptSchema.parse(JSON.parse(cms.content.toString('utf8')));
    return { receipt, hash: hashOf(bytes) };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** By the formula of docs/wire.md, not by the centre's code. */
function proofOf(unit: string, user: string, password: string, challenge: string): string {
  const { N, r, p, keyBytes } = PASSWORD_SCRYPT;
  const salt = passwordSalt(unit, user);
  const key = scryptSync(password, salt, keyBytes, { N, r, p, maxmem: 64 * 1024 * 1024 });
  return createHmac('sha256', key).update(Buffer.from(challenge, 'hex')).digest('hex');
}

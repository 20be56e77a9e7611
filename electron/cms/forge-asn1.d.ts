/**
 * The one module of node-forge this program uses. Declared here because the published types
 * know neither the deep path nor the options of `fromDer`. Bytes are binary strings.
 */
declare module 'node-forge/lib/asn1.js' {
  export interface Asn1Node {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | Asn1Node[];
  }

  export interface ParseOptions {
    readonly strict: boolean;
    readonly parseAllBytes: boolean;
    readonly decodeBitStrings: boolean;
    readonly maxDepth: number;
  }

  interface ByteBuffer {
    getBytes(): string;
  }

  interface Asn1Module {
    create(
      tagClass: number,
      type: number,
      constructed: boolean,
      value: string | Asn1Node[],
    ): Asn1Node;
    fromDer(bytes: string, options: ParseOptions): Asn1Node;
    toDer(node: Asn1Node): ByteBuffer;
    oidToDer(oid: string): ByteBuffer;
    dateToUtcTime(date: Date): string;
    utcTimeToDate(bytes: string): Date;
  }

  const asn1: Asn1Module;
  export default asn1;
}

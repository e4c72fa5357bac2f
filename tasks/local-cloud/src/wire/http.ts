/** A request as it came in, in process or through a socket. */
export interface WireRequest {
  readonly method: string;
  /** As sent: still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** A fault: the connection is lost in place of the answer. */
  readonly isReset?: true;
  /** A fault: the answer comes that many milliseconds of the cloud's clock later. */
  readonly delayMs?: number;
}

/** The bytes themselves as a Buffer: `Buffer.from(bytes)` copies, and asks the SDK's arrays for their text first. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

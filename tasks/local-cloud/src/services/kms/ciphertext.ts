import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { FoundKey } from '../../catalog/kms-key.ts';
import { ServiceError } from '../../world.ts';
import type { World } from '../../world.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Tells our ciphertexts from anything else, and one form of them from the next. */
const MARK = Buffer.from('rtkms1', 'latin1');

type Context = Readonly<Record<string, string>> | undefined;

/** Mark, length of the key's ARN, the ARN, initialisation vector, tag, and what was encrypted. */
export function sealed(world: World, key: FoundKey, plaintext: Uint8Array, context: Context): Uint8Array {
  const arn = Buffer.from(key.arn, 'latin1');
  const iv = Buffer.from(world.hex(IV_BYTES * 2), 'hex');
  const cipher = createCipheriv(CIPHER, secretOf(key), iv).setAAD(bytesOf(context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Uint8Array.from(Buffer.concat([MARK, Buffer.of(arn.length), arn, iv, cipher.getAuthTag(), body]));
}

/** The ARN of the key that a ciphertext was made with. @throws ServiceError InvalidCiphertextException */
export function keyIn(blob: Uint8Array): string {
  return partsOf(blob).arn;
}

/** @throws ServiceError InvalidCiphertextException, also where the context is another one than that of the encryption */
export function opened(key: FoundKey, blob: Uint8Array, context: Context): Uint8Array {
  const { iv, tag, body } = partsOf(blob);
  const decipher = createDecipheriv(CIPHER, secretOf(key), iv).setAAD(bytesOf(context)).setAuthTag(tag);
  try {
    return Uint8Array.from(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch {
    throw invalid();
  }
}

function partsOf(blob: Uint8Array): { arn: string; iv: Buffer; tag: Buffer; body: Buffer } {
  const bytes = Buffer.from(blob);
  const length = bytes[MARK.length] ?? 0;
  const ivAt = MARK.length + 1 + length;
  const bodyAt = ivAt + IV_BYTES + TAG_BYTES;
  if (!bytes.subarray(0, MARK.length).equals(MARK) || bytes.length <= bodyAt) throw invalid();
  return {
    arn: bytes.subarray(MARK.length + 1, ivAt).toString('latin1'),
    iv: bytes.subarray(ivAt, ivAt + IV_BYTES),
    tag: bytes.subarray(ivAt + IV_BYTES, bodyAt),
    body: bytes.subarray(bodyAt),
  };
}

/** A key's identifier is drawn from the seed and never given twice, so a secret made from it is the key's own. */
function secretOf({ arn }: FoundKey): Buffer {
  return createHash('sha256').update(`key material of ${arn}`).digest();
}

function bytesOf(context: Context = {}): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function invalid(): ServiceError {
  return new ServiceError('InvalidCiphertextException', '');
}

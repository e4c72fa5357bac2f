import type * as KMS from '@aws-sdk/client-kms';
import type { FoundKey } from '../../catalog/kms-key.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { keyIn, opened, sealed } from './ciphertext.ts';
import { workingKey } from './usable-key.ts';

const PLAINTEXT_BYTES_MAX = 4096;
const DATA_KEY_BYTES_MAX = 1024;
const ALGORITHM = 'SYMMETRIC_DEFAULT';

export function encrypt(world: World, input: KMS.EncryptRequest, call: Call): KMS.EncryptResponse {
  const plaintext = input.Plaintext ?? new Uint8Array();
  if (plaintext.length < 1 || plaintext.length > PLAINTEXT_BYTES_MAX) {
    const bound = plaintext.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${PLAINTEXT_BYTES_MAX}`;
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  const key = workingKey(world, call, input.KeyId, 'Encrypt');
  return {
    CiphertextBlob: sealed(world, key, plaintext, input.EncryptionContext),
    KeyId: key.arn,
    EncryptionAlgorithm: ALGORITHM,
  };
}

export function decrypt(world: World, input: KMS.DecryptRequest, call: Call): KMS.DecryptResponse {
  const blob = input.CiphertextBlob ?? new Uint8Array();
  const key = keyOf(world, call, blob, { asked: input.KeyId, action: 'Decrypt' });
  return { KeyId: key.arn, Plaintext: opened(key, blob, input.EncryptionContext), EncryptionAlgorithm: ALGORITHM };
}

export function reEncrypt(world: World, input: KMS.ReEncryptRequest, call: Call): KMS.ReEncryptResponse {
  const blob = input.CiphertextBlob ?? new Uint8Array();
  const source = keyOf(world, call, blob, { asked: input.SourceKeyId, action: 'ReEncryptFrom' });
  const target = workingKey(world, call, input.DestinationKeyId, 'ReEncryptTo');
  const plaintext = opened(source, blob, input.SourceEncryptionContext);
  return {
    CiphertextBlob: sealed(world, target, plaintext, input.DestinationEncryptionContext),
    SourceKeyId: source.arn,
    KeyId: target.arn,
    SourceEncryptionAlgorithm: ALGORITHM,
    DestinationEncryptionAlgorithm: ALGORITHM,
  };
}

export function generateDataKey(
  world: World,
  input: KMS.GenerateDataKeyRequest,
  call: Call,
): KMS.GenerateDataKeyResponse {
  return dataKey(world, input, call, 'GenerateDataKey');
}

export function generateDataKeyWithoutPlaintext(
  world: World,
  input: KMS.GenerateDataKeyWithoutPlaintextRequest,
  call: Call,
): KMS.GenerateDataKeyWithoutPlaintextResponse {
  const { Plaintext: _plaintext, ...rest } = dataKey(world, input, call, 'GenerateDataKeyWithoutPlaintext');
  return rest;
}

export function generateRandom(world: World, input: KMS.GenerateRandomRequest): KMS.GenerateRandomResponse {
  return { Plaintext: seededBytes(world, input.NumberOfBytes ?? 0) };
}

function dataKey(world: World, input: KMS.GenerateDataKeyRequest, call: Call, action: string) {
  const { KeySpec, NumberOfBytes } = input;
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new ServiceError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const key = workingKey(world, call, input.KeyId, action);
  const bytes = NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);
  const Plaintext = seededBytes(world, bytes);
  return { CiphertextBlob: sealed(world, key, Plaintext, input.EncryptionContext), Plaintext, KeyId: key.arn };
}

function seededBytes(world: World, bytes: number): Uint8Array {
  if (bytes < 1 || bytes > DATA_KEY_BYTES_MAX) {
    const bound = bytes < 1 ? 'greater than or equal to 1' : `less than or equal to ${DATA_KEY_BYTES_MAX}`;
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${bytes}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return Uint8Array.from(Buffer.from(world.hex(bytes * 2), 'hex'));
}

/** The ciphertext itself says which key it was made with; a caller who names one means that one alone. */
function keyOf(
  world: World,
  call: Call,
  blob: Uint8Array,
  { asked, action }: { asked: string | undefined; action: string },
): FoundKey {
  const arn = keyIn(blob);
  const key = workingKey(world, call, arn, action);
  if (asked === undefined) return key;
  const named = workingKey(world, call, asked, action);
  if (named.arn === key.arn) return key;
  throw new ServiceError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
}

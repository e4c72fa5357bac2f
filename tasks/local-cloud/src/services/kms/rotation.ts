import type * as KMS from '@aws-sdk/client-kms';
import type { FoundKey } from '../../catalog/kms-key.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { customerKey } from './key-states.ts';
import { livingKey, ownKey } from './usable-key.ts';

const PERIOD_DAYS = { min: 90, typical: 365, max: 2560 };
const DAY_MS = 86_400_000;

export function enableRotation(world: World, input: KMS.EnableKeyRotationRequest, call: Call): object {
  const days = input.RotationPeriodInDays;
  if (days !== undefined && (days < PERIOD_DAYS.min || days > PERIOD_DAYS.max)) {
    const bound =
      days < PERIOD_DAYS.min
        ? `greater than or equal to ${PERIOD_DAYS.min}`
        : `less than or equal to ${PERIOD_DAYS.max}`;
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${days}' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  const { realm, record } = rotatable(ownKey(world, call, input.KeyId, 'EnableKeyRotation'));
  setProperties(world, realm, record, {
    EnableKeyRotation: true,
    RotationPeriodInDays: days ?? record.properties['RotationPeriodInDays'],
  });
  return {};
}

export function disableRotation(world: World, input: KMS.DisableKeyRotationRequest, call: Call): object {
  const { realm, record } = rotatable(ownKey(world, call, input.KeyId, 'DisableKeyRotation'));
  setProperties(world, realm, record, { EnableKeyRotation: false });
  return {};
}

export function getRotationStatus(
  world: World,
  input: KMS.GetKeyRotationStatusRequest,
  call: Call,
): KMS.GetKeyRotationStatusResponse {
  const { arn, record } = livingKey(world, call, input.KeyId, 'GetKeyRotationStatus');
  const { EnableKeyRotation, RotationPeriodInDays } = record.properties;
  if (String(EnableKeyRotation) !== 'true') return { KeyId: arn, KeyRotationEnabled: false };
  const days = Number(RotationPeriodInDays ?? PERIOD_DAYS.typical);
  const periods = Math.floor((world.now - record.createdAt) / (days * DAY_MS)) + 1;
  return {
    KeyId: arn,
    KeyRotationEnabled: true,
    RotationPeriodInDays: days,
    NextRotationDate: new Date(record.createdAt + periods * days * DAY_MS),
  };
}

/** Only symmetric keys whose material KMS made itself are rotated. */
function rotatable(key: FoundKey): FoundKey {
  const { KeySpec = 'SYMMETRIC_DEFAULT', Origin = 'AWS_KMS' } = customerKey(key).record.properties;
  if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
  if (KeySpec === 'SYMMETRIC_DEFAULT' && Origin === 'AWS_KMS') return key;
  throw new ServiceError('UnsupportedOperationException', `${key.arn} does not support automatic key rotation.`);
}

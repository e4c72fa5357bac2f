import { GetResourceCommand, type CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import type { Leftover } from '@roundtrip/engine';

/** What Cloud Control answers for types that it does not serve, and for identifiers that are none of the type's. */
const CANNOT_SAY = [
  'UnsupportedActionException',
  'TypeNotFoundException',
  'PrivateTypeException',
  'ValidationException',
  'InvalidRequestException',
];

/** Whether a thing is there; in words, why nobody can say. That is taken for there: better told once too often than missed. */
export type Presence = boolean | { readonly unasked: string };

export async function presenceOf(client: CloudControlClient, { type, id }: Leftover): Promise<Presence> {
  if (type === undefined || id === undefined) return { unasked: 'nothing is known that it could be asked for by' };
  try {
    await client.send(new GetResourceCommand({ TypeName: type, Identifier: id }));
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ResourceNotFoundException') return false;
    if (CANNOT_SAY.includes(error.name))
      return { unasked: `Cloud Control cannot say whether it is there: ${error.message.replace(/\.$/, '')}` };
    throw error;
  }
}

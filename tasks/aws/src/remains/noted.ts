import type { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import type { Leftover } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { lastSnapshot } from './last-snapshot.ts';
import { presenceOf } from './presence.ts';

export interface LedgerLook {
  readonly settings: ClientSettings;
  readonly counter: CallCounter;
  readonly control: CloudControlClient;
  /** Twelve digits. */
  readonly account: string;
}

const ADDRESS = 'AWS::EC2::EIP';

/**
 * What stands behind an entry of the ledger; undefined where it is gone. The entry has CloudFormation's physical id, which
 * is not for every type what Cloud Control is asked by.
 */
export async function lookAtNoted(look: LedgerLook, entry: Leftover): Promise<Leftover | undefined> {
  const { type = '', id: physicalId = '' } = entry;
  const next = lastSnapshot(entry, look.settings.region);
  const noted = next === undefined ? entry : { ...entry, next };
  if (isCustom(type)) return { ...noted, unasked: 'only its own provider knows whether it is there: look by hand' };
  const id = type === ADDRESS ? await addressIdOf(look, physicalId) : await idOf(look, type, physicalId);
  if (id === 'gone') return undefined;
  if (id === undefined) return { ...noted, unasked: 'its physical id does not say what to ask for: look by hand' };
  const found = { ...noted, id };
  const presence = await presenceOf(look.control, found);
  if (presence === false) return undefined;
  return presence === true ? found : { ...found, unasked: `${presence.unasked}; look by hand` };
}

/** What a custom resource has made nobody in AWS can tell. */
function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

async function idOf({ settings, account }: LedgerLook, type: string, physicalId: string): Promise<string | undefined> {
  const { controlIdOf } = await import('./control-id.ts');
  return controlIdOf(type, physicalId, { region: settings.region, account });
}

/** An address has its IP for its physical id, and an allocation beside it in Cloud Control. */
async function addressIdOf({ settings, counter }: LedgerLook, physicalId: string): Promise<string> {
  const { findAddress } = await import('./networks-and-volumes.ts');
  return (await findAddress(settings, counter, physicalId)) ?? 'gone';
}

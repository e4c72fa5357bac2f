import type { World } from '../world.ts';
import { capacityText } from './capacity.ts';
import { strike } from './fault-rule.ts';

export interface ResourceOccasion {
  readonly account: string;
  readonly region: string;
  /** The stack's name. */
  readonly stack: string;
  readonly resourceType: string;
  readonly logicalId: string;
}

const TEXTS = {
  create: 'Resource creation failed: the local cloud was told to let it fail.',
  update: 'Resource update failed: the local cloud was told to let it fail.',
  delete: 'Resource deletion failed: the local cloud was told to let it fail.',
} as const;

/** Why a resource of a stack fails to be made, changed or deleted, where a fault says so; undefined where none does. */
export function resourceFault(
  world: World,
  action: 'create' | 'update' | 'delete',
  occasion: ResourceOccasion,
): string | undefined {
  const [failure] = strike(world, [`fail-${action}`], { ...occasion });
  if (failure !== undefined) return failure.text ?? TEXTS[action];
  const lacking = action === 'create' ? capacityText(occasion.resourceType) : undefined;
  if (lacking === undefined) return undefined;
  const [shortage] = strike(world, ['capacity'], { ...occasion });
  return shortage === undefined ? undefined : (shortage.text ?? lacking);
}

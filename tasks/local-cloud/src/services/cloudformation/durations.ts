import { behaviourOf } from '../../catalog/catalog.ts';
import { drawSeconds, durationOf } from '../../catalog/seconds.ts';
import type { World } from '../../world.ts';
import { resourceHints, stackOverheadSeconds } from './local-cloud-metadata.ts';
import { STACK_TYPE } from './stack-event.ts';
import type { CloudFormationSettings } from './settings.ts';

type Action = 'create' | 'update' | 'delete';

const HINTS = { create: 'createSeconds', update: 'updateSeconds', delete: 'deleteSeconds' } as const;

export interface Timed {
  readonly type: string;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** How long one resource takes, in milliseconds of the cloud's clock: the template's word, the settings', the table's. */
export function resourceMs(world: World, settings: CloudFormationSettings, action: Action, timed: Timed): number {
  const given = resourceHints(timed.metadata)[HINTS[action]] ?? settings.secondsOf?.(timed.type, action);
  if (given !== undefined) return given * 1000;
  // A nested stack takes the time of its own resources.
  if (timed.type === STACK_TYPE) return NESTED_MS;
  const own = behaviourOf(timed.type).seconds?.(timed.properties ?? {})?.[action];
  return Math.round(drawSeconds(own ?? durationOf(timed.type)[action], world.random()) * 1000);
}

const NESTED_MS = 2000;

/** A change of tags alone is one quick call to the service. */
export const TAG_UPDATE_MS = 1000;

/** The handler's call to the service comes about a second after it has begun: `Resource creation Initiated`. */
export function initiatedMs(totalMs: number): number {
  return Math.min(1000, Math.round(totalMs / 2));
}

export interface Overhead {
  /** From the stack's event to the first resource's, and from the last resource's to the stack's. */
  readonly leadMs: number;
  readonly tailMs: number;
}

/**
 * What CloudFormation adds to a stack. Recorded: 5 s around one SSM parameter, 2 s of its delete; 5–13 s in all for
 * larger ones. EST: how it grows with the number of resources.
 */
export function overheadMs(
  metadata: Readonly<Record<string, unknown>> | undefined,
  action: Action,
  resources: number,
): Overhead {
  const given = stackOverheadSeconds(metadata);
  const seconds =
    given ?? (action === 'delete' ? Math.min(8, 2 + resources * 0.05) : Math.min(13, 5 + resources * 0.1));
  const leadMs = Math.round(seconds * 600);
  return { leadMs, tailMs: Math.round(seconds * 1000) - leadMs };
}

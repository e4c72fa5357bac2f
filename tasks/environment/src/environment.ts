import type { EnvironmentFacts, LayerContext, LayerDefinition } from './layer.ts';
import type { HookKind } from './hook-kind.ts';
import type { TemplateMemory } from './template-memory.ts';

/** A workspace in `packages/`. */
export interface Layer {
  /** The name of its folder. */
  readonly name: string;
  /** Relative to the project's root: `packages/network`. */
  readonly folder: string;
  /** Its name in package.json: `@roundtrip/network`. */
  readonly packageName: string;
  /** The layers that its package.json depends on directly, sorted. */
  readonly dependsOn: readonly string[];
  readonly definition: LayerDefinition;
  /** The hooks that it has, as `dist/hooks/<kind>.js` in its folder. */
  readonly hooks: readonly HookKind[];
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** A moment of the week on the clocks of the schedule's timezone. */
export interface WeeklyTime {
  readonly day: Weekday;
  /** `HH:MM`, 24 hours. */
  readonly time: string;
}

/** When an environment is destroyed and rebuilt, every week. */
export interface Schedule {
  /** IANA name: `Europe/Berlin`. */
  readonly timezone: string;
  readonly destroy: WeeklyTime;
  readonly rebuild: WeeklyTime;
}

/** What an environment says about one layer: the file's section after defaults. */
export interface Section {
  readonly layer: Layer;
  readonly config: unknown;
  readonly context: LayerContext<unknown>;
}

/** An env file that has been read and found good. */
export interface Environment {
  readonly facts: EnvironmentFacts;
  /** Relative to the project's root: `envs/stage.yaml`. */
  readonly file: string;
  /** ARN of the role that the run assumes in the account. */
  readonly role?: string;
  readonly schedule?: Schedule;
  readonly mode?: 'standard' | 'express';
  /** True where a teardown may switch off the deletion protection of databases and load balancers. */
  readonly unprotect?: boolean;
  /** One section for every layer, in the order of the layers given, also where the file is silent about a layer. */
  readonly sections: ReadonlyMap<string, Section>;
  /** Spares `desiredStacks` the parsing of templates that were found good before. */
  readonly templates?: TemplateMemory;
}

import type { Problem } from '@roundtrip/problem';
import type * as v from 'valibot';

/** What a layer may know of the environment that it is built for. */
export interface EnvironmentFacts {
  /** The file's name without `.yaml`: `stage`. */
  readonly name: string;
  readonly cloud: 'local' | 'aws';
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly owner: string;
  /** The tags of the file; the tool adds its own `roundtrip:` tags when it writes a stack. */
  readonly tags: Readonly<Record<string, string>>;
  /** True where nothing may be deleted: termination protection on every stack, and `down` is refused. */
  readonly protect: boolean;
}

/** Given to `check` and `stacks`; pure but for reading the layer's own files. */
export interface LayerContext<Config> {
  readonly config: Config;
  readonly environment: EnvironmentFacts;
  /** Text of a file of this layer, path relative to the layer's folder: `services/api.yaml`. */
  readFile(path: string): string;
  /** Names (not paths) of the files in a folder of this layer, sorted; empty where there is no such folder. */
  listFiles(folder: string): readonly string[];
  /** Where a key of this layer's section stands in the env file: `placeOf(['subnets', 'newBits'])`. */
  placeOf(path: readonly (string | number)[]): Problem['place'];
  /** A path relative to the project's root for a file of this layer: for the `place` of a problem. */
  pathOf(file: string): string;
}

/** The value of another stack's output, known once that stack has been observed. */
export interface OutputReference {
  /** A layer that this layer's package.json depends on, or this layer itself. */
  readonly layer: string;
  /** The stack's own name inside its layer; left out for a layer with a single, unnamed stack. */
  readonly stack?: string;
  readonly output: string;
}

export type ParameterValue = string | OutputReference;

export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND';

/** One CloudFormation stack as a layer wants it. Its full name is `<environment>-<layer>[-<name>]`. */
export interface StackDefinition {
  readonly name?: string;
  /** Path relative to the layer's folder: `templates/network.yaml`. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly capabilities?: readonly Capability[];
  /** Names of other stacks of this layer that must be complete first; outputs referred to are added by themselves. */
  readonly dependsOn?: readonly string[];
  /** Tags beside those of the environment. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A layer: its configuration schema, and the stacks that follow from a configuration.
 *
 * `config` is a valibot `strictObject` whose entries are `v.optional(schema, default)` wherever a default makes
 * sense, with `v.metadata({description})` on each entry (the editor's JSON schema shows it), and units last in the names.
 *
 * `limits` are the largest values that the layer accepts without being told: `{ storageGb: 500 }` (dotted paths for
 * nested keys). A value beyond its limit is refused unless the section raises it: `limits: { storageGb: 2000 }`.
 */
export interface LayerDefinition<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly name: string;
  readonly config: Schema;
  readonly limits?: Readonly<Record<string, number>>;
  /** Rules that a schema cannot say (overlapping CIDRs, duplicate paths); every problem at once. */
  readonly check?: (context: LayerContext<v.InferOutput<Schema>>) => readonly Problem[];
  readonly stacks: (context: LayerContext<v.InferOutput<Schema>>) => readonly StackDefinition[];
}

/** Gives a layer.ts its types; every layer.ts does `export default defineLayer({…})`. */
export function defineLayer<Schema extends v.GenericSchema>(layer: LayerDefinition<Schema>): LayerDefinition<Schema> {
  return layer;
}

/** A reference to an output: `output('network', 'VpcId')`, or of a named stack `output('services/api', 'Url')`. */
export function output(of: string, name: string): OutputReference {
  const slash = of.indexOf('/');
  return slash < 0
    ? { layer: of, output: name }
    : { layer: of.slice(0, slash), stack: of.slice(slash + 1), output: name };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '@roundtrip/problem';
import { fileOfService, STAMP_FILE, type Stamp } from './data-files.ts';
import type { ResourceType } from './resource-type.ts';

export interface Spec {
  /** Undefined for a type that AWS does not publish: a custom resource, a module, a typing mistake. */
  resourceType(name: string): ResourceType | undefined;
  /** Every published type, sorted. */
  resourceTypeNames(): readonly string[];
}

/**
 * The specification in a folder that `cut` has filled. A service's file is read when one of its types is asked for
 * the first time. Throws ProblemError where the folder has not been filled.
 */
export function openSpec(folder: string): Spec {
  const services = new Map<string, Readonly<Record<string, ResourceType>>>();
  let names: ReadonlySet<string> | undefined;
  const knownNames = () => (names ??= new Set(read<Stamp>(join(folder, STAMP_FILE)).names));
  return {
    resourceType(name) {
      if (!knownNames().has(name)) return undefined;
      const file = fileOfService(name);
      const service = services.get(file) ?? read<Readonly<Record<string, ResourceType>>>(join(folder, file));
      services.set(file, service);
      return service[name];
    },
    resourceTypeNames: () => [...knownNames()],
  };
}

const published = openSpec(fileURLToPath(new URL('../data', import.meta.url)));

/** A resource type as AWS publishes it, by CloudFormation's name: `AWS::EC2::VPC`. Throws ProblemError before set-up. */
export function resourceType(name: string): ResourceType | undefined {
  return published.resourceType(name);
}

/** The name of every type that AWS publishes, sorted. Throws ProblemError before set-up. */
export function resourceTypeNames(): readonly string[] {
  return published.resourceTypeNames();
}

function read<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'spec-missing',
        what: 'the specification of the AWS resource types is not there',
        why: 'it is cut from @aws-cdk/aws-service-spec once, at set-up, and that has not happened or not finished',
        next: 'make setup',
      },
      undefined,
      { cause },
    );
  }
}

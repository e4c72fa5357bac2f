import type * as Route53 from '@aws-sdk/client-route-53';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { callerReferences } from './zone.ts';

const TYPE = 'AWS::Route53::HealthCheck';

export function createHealthCheck(
  world: World,
  input: Route53.CreateHealthCheckRequest,
  call: Call,
): Route53.CreateHealthCheckResponse {
  const reference = input.CallerReference ?? '';
  const references = callerReferences(world, call.realm);
  if ([...references.values()].includes(reference)) {
    throw new ServiceError(
      'HealthCheckAlreadyExists',
      'A health check has already been created with the specified caller reference',
      409,
    );
  }
  const check = createRecord(world, call.realm, {
    type: TYPE,
    properties: { HealthCheckConfig: { ...input.HealthCheckConfig } },
  });
  references.put(check.id, reference);
  const Location = `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.id}`;
  return { HealthCheck: describe(world, call, check), Location };
}

export function getHealthCheck(
  world: World,
  input: Route53.GetHealthCheckRequest,
  call: Call,
): Route53.GetHealthCheckResponse {
  return { HealthCheck: describe(world, call, checkOf(world, call, input.HealthCheckId)) };
}

export function deleteHealthCheck(world: World, input: Route53.DeleteHealthCheckRequest, call: Call): object {
  const { id } = checkOf(world, call, input.HealthCheckId);
  deleteRecord({ world, realm: call.realm, type: TYPE, id });
  callerReferences(world, call.realm).delete(id);
  return {};
}

export function listHealthChecks(
  world: World,
  input: Route53.ListHealthChecksRequest,
  call: Call,
): Route53.ListHealthChecksResponse {
  const all = [...resourcesOf(world, call.realm, TYPE)];
  const start = Math.max(0, input.Marker === undefined ? 0 : all.findIndex(({ id }) => id === input.Marker));
  const size = Math.min(Number(input.MaxItems ?? 100), 100);
  const next = all[start + size];
  return {
    HealthChecks: all.slice(start, start + size).map((check) => describe(world, call, check)),
    Marker: input.Marker ?? '',
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { NextMarker: next.id }),
    MaxItems: size,
  };
}

export function getHealthCheckCount(world: World, _input: object, call: Call): Route53.GetHealthCheckCountResponse {
  return { HealthCheckCount: [...resourcesOf(world, call.realm, TYPE)].length };
}

function checkOf(world: World, call: Call, id: string | undefined): Resource {
  const check = findRecord(world, call.realm, TYPE, id ?? '');
  if (check !== undefined) return check;
  throw new ServiceError('NoSuchHealthCheck', `No health check exists with the specified ID: ${id ?? ''}`, 404);
}

function describe(world: World, call: Call, check: Resource): Route53.HealthCheck {
  return {
    Id: check.id,
    CallerReference: callerReferences(world, call.realm).get(check.id) ?? check.id,
    HealthCheckConfig: check.properties['HealthCheckConfig'] as Route53.HealthCheckConfig,
    HealthCheckVersion: 1,
  };
}

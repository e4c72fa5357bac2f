import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { DASHBOARD } from '../../catalog/cloudwatch.ts';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken } from './describe-alarms.ts';

const PAGE_SIZE = 1000;

export function putDashboard(
  world: World,
  input: CloudWatch.PutDashboardInput,
  call: Call,
): CloudWatch.PutDashboardOutput {
  const { DashboardName = '', DashboardBody = '' } = input;
  if (!isObject(DashboardBody)) {
    throw new ServiceError('DashboardInvalidInputError', 'The field DashboardBody must be a valid JSON object');
  }
  const known = findRecord(world, call.realm, DASHBOARD, DashboardName);
  if (known !== undefined) setProperties(world, call.realm, known, { DashboardBody });
  else createRecord(world, call.realm, { type: DASHBOARD, properties: { DashboardName, DashboardBody } });
  return { DashboardValidationMessages: [] };
}

export function getDashboard(
  world: World,
  input: CloudWatch.GetDashboardInput,
  call: Call,
): CloudWatch.GetDashboardOutput {
  const { id, arn, properties } = dashboardOf(world, call, input.DashboardName);
  return { DashboardArn: arn, DashboardBody: String(properties['DashboardBody'] ?? ''), DashboardName: id };
}

export function listDashboards(
  world: World,
  input: CloudWatch.ListDashboardsInput,
  call: Call,
): CloudWatch.ListDashboardsOutput {
  const all = [...resourcesOf(world, call.realm, DASHBOARD)]
    .filter(({ id }) => id.startsWith(input.DashboardNamePrefix ?? ''))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const { items, nextToken } = pageOf(all, PAGE_SIZE, input.NextToken, invalidToken);
  return {
    DashboardEntries: items.map(({ id, arn, createdAt, properties }) => ({
      DashboardName: id,
      DashboardArn: arn,
      LastModified: new Date(createdAt),
      Size: Buffer.byteLength(String(properties['DashboardBody'] ?? '')),
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** All of them or none. */
export function deleteDashboards(world: World, input: CloudWatch.DeleteDashboardsInput, call: Call): object {
  for (const name of input.DashboardNames ?? []) {
    const { id } = dashboardOf(world, call, name);
    deleteRecord({ world, realm: call.realm, type: DASHBOARD, id });
  }
  return {};
}

function dashboardOf(world: World, call: Call, name = ''): Resource {
  const dashboard = findRecord(world, call.realm, DASHBOARD, name);
  if (dashboard !== undefined) return dashboard;
  throw new ServiceError('DashboardNotFoundError', `Dashboard ${name} does not exist`, 404);
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

import type * as CloudMap from '@aws-sdk/client-servicediscovery';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { checkFilters, passes } from './filters.ts';
import { invalidToken } from './find.ts';
import { operationRecords } from './operation-records.ts';
import type { OperationRecord } from './operation-records.ts';

const PAGE_SIZE = 100;
const FILTERS = ['NAMESPACE_ID', 'SERVICE_ID', 'STATUS', 'TYPE', 'UPDATE_DATE'];

export function getOperation(
  world: World,
  input: CloudMap.GetOperationRequest,
  call: Call,
): CloudMap.GetOperationResponse {
  const record = operationRecords(world, call.realm).get(input.OperationId ?? '');
  if (record === undefined) {
    throw new ServiceError('OperationNotFound', `Operation ${input.OperationId ?? ''} not found.`);
  }
  const { id, type, targets, createdAt, error } = record;
  const isOver = record.endsAt <= world.now;
  return {
    Operation: {
      Id: id,
      OwnerAccount: call.realm.account,
      Type: type,
      Status: statusOf(world, record),
      CreateDate: new Date(createdAt),
      UpdateDate: new Date(updatedAt(world, record)),
      Targets: { ...targets },
      ...(isOver && error !== undefined ? { ErrorCode: error.code, ErrorMessage: error.message } : {}),
    },
  };
}

export function listOperations(
  world: World,
  input: CloudMap.ListOperationsRequest,
  call: Call,
): CloudMap.ListOperationsResponse {
  checkFilters(input.Filters, FILTERS);
  const all = [...operationRecords(world, call.realm).values()].filter((record) =>
    passes(input.Filters, (name) => filterValue(world, record, name)),
  );
  const { items, nextToken } = pageOf(all, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Operations: items.map((record) => ({ Id: record.id, Status: statusOf(world, record) })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function statusOf({ now }: World, { pendingAt, endsAt, error }: OperationRecord): CloudMap.OperationStatus {
  if (now >= endsAt) return error === undefined ? 'SUCCESS' : 'FAIL';
  return now >= pendingAt ? 'PENDING' : 'SUBMITTED';
}

function updatedAt({ now }: World, { createdAt, pendingAt, endsAt }: OperationRecord): number {
  if (now >= endsAt) return endsAt;
  return now >= pendingAt ? pendingAt : createdAt;
}

function filterValue(world: World, record: OperationRecord, name: string): string | undefined {
  if (name === 'NAMESPACE_ID') return record.targets.NAMESPACE;
  if (name === 'SERVICE_ID') return record.targets.SERVICE;
  if (name === 'STATUS') return statusOf(world, record);
  if (name === 'TYPE') return record.type;
  return String(updatedAt(world, record) / 1000);
}

import { strict as assert } from 'node:assert';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import type { RecordInput } from '../../catalog/record.ts';
import { dropInstance, putInstance, registrationRefusal } from '../../catalog/servicediscovery/instances.ts';
import { SERVICE, findNamespace } from '../../catalog/servicediscovery/types.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Due, Realm, World } from '../../world.ts';
import { operationRecords } from './operation-records.ts';
import type { OperationRecord } from './operation-records.ts';
import { changeService } from './service-change.ts';

/** Does what an operation was started for, or writes down why it cannot be done any more. */
export function finishOperation(world: World, { realm, payload }: Due): void {
  const table = operationRecords(world, realm);
  const record = table.get(String(payload['id']));
  if (record === undefined) return;
  const { work: _work, ...rest } = record;
  const error = failureOf(() => carryOut(world, realm, record));
  table.put(record.id, { ...rest, ...(error === undefined ? {} : { error }) });
}

function failureOf(act: () => void): OperationRecord['error'] {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const isHostedZone = error.code === 'CANNOT_CREATE_HOSTED_ZONE';
    return { code: isHostedZone ? error.code : 'INTERNAL_FAILURE', message: error.message };
  }
}

function carryOut(world: World, realm: Realm, { type, targets, work = {} }: OperationRecord): void {
  const { NAMESPACE = '', SERVICE: service = '', INSTANCE = '' } = targets;
  switch (type) {
    case 'CREATE_NAMESPACE':
      createRecord(world, realm, work as unknown as RecordInput);
      return;
    case 'DELETE_NAMESPACE': {
      const namespace = findNamespace(world, realm, NAMESPACE);
      if (namespace !== undefined) deleteRecord({ world, realm, type: namespace.type, id: namespace.id });
      return;
    }
    case 'UPDATE_SERVICE': {
      const record = findRecord(world, realm, SERVICE, service);
      if (record !== undefined) changeService(world, realm, record, work);
      return;
    }
    case 'REGISTER_INSTANCE': {
      const attributes = work['attributes'] as Readonly<Record<string, string>>;
      const properties = { ServiceId: service, InstanceId: INSTANCE, InstanceAttributes: attributes };
      const refused = registrationRefusal(world, realm, properties);
      if (refused !== undefined) throw serviceError(refused);
      putInstance(world, realm, { ServiceId: service, InstanceId: INSTANCE }, attributes);
      return;
    }
    case 'DEREGISTER_INSTANCE':
      dropInstance(world, realm, `${service}|${INSTANCE}`);
      return;
    default:
      assert.fail(`unknown operation ${String(type)}`);
  }
}

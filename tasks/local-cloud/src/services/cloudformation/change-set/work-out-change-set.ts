import { ServiceError } from '../../../world.ts';
import type { Due, DueHandler, Realm, World } from '../../../world.ts';
import { Course } from '../course.ts';
import { prepareTemplate } from '../prepared-template.ts';
import { processedTemplate, readTemplate } from '../processed-template.ts';
import { checkStack } from '../check-stack.ts';
import { attempt } from '../resource-target.ts';
import type { CloudFormationSettings } from '../settings.ts';
import { findStack, processedText, templateOf } from '../stack.ts';
import { UPDATABLE, asUpdatedStack, notUpdatable } from '../update-stack.ts';
import { hasUpdates } from '../updates.ts';
import { changeSets } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';
import { workOutChanges } from './changes.ts';
import { CHANGE_SET_STEP_MS } from './create-change-set.ts';
import { withoutSecrets } from './without-secrets.ts';

const UNCHANGED =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set gets on: first it is begun, then its changes are known. */
export function workOutChangeSet(settings: CloudFormationSettings): DueHandler {
  return (world: World, { realm, payload }: Due) => {
    const table = changeSets(world, realm);
    const changeSet = table.get(String(payload['id']));
    if (changeSet === undefined) return;
    if (changeSet.status === 'CREATE_PENDING') {
      table.put(changeSet.id, { ...changeSet, status: 'CREATE_IN_PROGRESS' });
      world.later(CHANGE_SET_STEP_MS, { kind: 'cloudformation.change-set', realm, payload });
    } else if (changeSet.status === 'CREATE_IN_PROGRESS') {
      table.put(changeSet.id, { ...changeSet, ...outcome(world, realm, settings, changeSet) });
    }
  };
}

function outcome(
  world: World,
  realm: Realm,
  settings: CloudFormationSettings,
  changeSet: ChangeSet,
): Pick<ChangeSet, 'status' | 'executionStatus' | 'reason' | 'changes'> {
  const worked = attempt(() => changesOf(world, realm, settings, changeSet));
  if ('stop' in worked) return { status: 'FAILED', executionStatus: 'UNAVAILABLE', reason: worked.stop, changes: [] };
  return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', reason: undefined, changes: worked.value };
}

function changesOf(
  world: World,
  realm: Realm,
  settings: CloudFormationSettings,
  changeSet: ChangeSet,
): ChangeSet['changes'] {
  const before = findStack(world, realm, changeSet.stackId);
  if (before === undefined) throw new ServiceError('ValidationError', `Stack [${changeSet.stackName}] does not exist`);
  if (changeSet.type === 'UPDATE' && !UPDATABLE.has(before.status)) throw notUpdatable(before);
  const template = readTemplate(changeSet.text);
  const call = { realm, requestId: '', callerArn: '' };
  const wanted = { ...before, parameters: changeSet.parameters, tags: changeSet.tags, capabilities: [] };
  const after =
    changeSet.type === 'CREATE' ? wanted : asUpdatedStack(world, changeSet.input, call, { stack: before, template });
  const prepared = processedTemplate({ world, realm, settings, stack: after }, changeSet.text);
  const course = new Course(world, realm, settings, after, prepared);
  checkStack(course);
  const previous = processedText(templateOf(world, realm, before.id));
  const isCreate = changeSet.type === 'CREATE';
  if (!isCreate && !hasUpdates(course, before, previous)) throw new ServiceError('ValidationError', UNCHANGED);
  const changes = workOutChanges({
    world,
    realm,
    course,
    previous: isCreate ? undefined : prepareTemplate(previous),
    parametersBefore: isCreate ? [] : before.parameters,
  });
  return withoutSecrets(changes, [...before.parameters, ...after.parameters]);
}

import type { SignalResourceInput } from '@aws-sdk/client-cloudformation';
import type { Call, World } from '../../world.ts';
import { Course } from './course.ts';
import type { CloudFormationSettings } from './settings.ts';
import { signalWaits } from './signals.ts';
import { PHASES } from './phases.ts';
import { stackResourceKey } from './stack-resource.ts';
import type { StackResource } from './stack-resource.ts';
import { livingStack } from './living-stack.ts';
import { constraintError, validationError } from './validation-error.ts';

/** What `cfn-signal` on an instance calls. */
export function signalResource(settings: CloudFormationSettings) {
  return (world: World, input: SignalResourceInput, call: Call): object => {
    const { LogicalResourceId: logicalId = '', UniqueId: uniqueId = '', Status: status = '' } = input;
    const stack = livingStack(world, call, input.StackName ?? '');
    if (status !== 'SUCCESS' && status !== 'FAILURE') {
      throw constraintError(status, 'status', 'satisfy enum value set: [SUCCESS, FAILURE]');
    }
    if (uniqueId.length > 64) throw constraintError(uniqueId, 'uniqueId', 'have length less than or equal to 64');
    const course = new Course(world, call.realm, settings, stack);
    if (course.isAtRest)
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be signaled.`);
    const resource = course.resource(logicalId);
    if (resource === undefined) throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
    const key = stackResourceKey(stack.id, logicalId);
    const wait = signalWaits(world, call.realm).get(key);
    if (wait === undefined || wait.hasHandle || !isBeingMade(course, resource)) {
      throw validationError(`Resource ${logicalId} is in ${resource.status} state and cannot be signaled`);
    }
    if (wait.signals[uniqueId] !== undefined && status === 'SUCCESS') {
      throw validationError(
        `Signal with ID ${uniqueId} for resource ${logicalId} already exists. Signals may only be updated with a FAILURE status.`,
      );
    }
    signalWaits(world, call.realm).put(key, { ...wait, signals: { ...wait.signals, [uniqueId]: status } });
    course.event(resource, resource.status, `Received ${status} signal with UniqueId ${uniqueId}`);
    if (wait.isWaiting) course.later(0, 'cloudformation.step', { key: logicalId, stage: 'settled' });
    course.save();
    return {};
  };
}

/** What is on its way out waits for nothing any more, nor what a deletion of the stack will get to. */
function isBeingMade({ progress }: Course, { status }: StackResource): boolean {
  return PHASES[progress.phase].action === 'make' && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(status);
}

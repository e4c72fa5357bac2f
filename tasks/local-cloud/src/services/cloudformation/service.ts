import type { Due, DueHandler, Operation, Service, World } from '../../world.ts';
import { isEmpty } from '../s3/object-store.ts';
import { findBucket } from '../s3/bucket.ts';
import { objectText } from '../s3/object-text.ts';
import { beginPhase, continueStep, finishPhase } from './advance.ts';
import { stopPhase } from './after-phase.ts';
import type { StepPayload } from './continue-making.ts';
import { createChangeSet } from './change-set/create-change-set.ts';
import { describeChangeSetHooks } from './change-set/describe-change-set-hooks.ts';
import { describeChangeSet, listChangeSets } from './change-set/describe-change-set.ts';
import { deleteChangeSet, executeChangeSet } from './change-set/execute-change-set.ts';
import { workOutChangeSet } from './change-set/work-out-change-set.ts';
import { Course } from './course.ts';
import { createStack } from './create-stack.ts';
import { deleteStack } from './delete-stack.ts';
import { describeEvents } from './describe-events.ts';
import { continueExpressRemoval } from './express-removal.ts';
import { getStackPolicy, setStackPolicy } from './stack-policy/policy-operations.ts';
import { describeStackEvents } from './describe-stack-events.ts';
import { describeStackResource, describeStackResources, listStackResources } from './describe-stack-resources.ts';
import { describeStacks, listStacks } from './describe-stacks.ts';
import { describeStackDriftDetectionStatus, describeStackResourceDrifts } from './drift/describe-drift.ts';
import { detectStackDrift, detectStackResourceDrift, finishDetection } from './drift/detect-drift.ts';
import { forgetStack } from './forget-stack.ts';
import { listExports, listImports } from './list-exports.ts';
import { cancelUpdateStack, continueUpdateRollback, rollbackStack } from './rollback-operations.ts';
import { limitOf } from './limits.ts';
import type { CloudFormationSettings } from './settings.ts';
import { lookAtTriggers } from './rollback-triggers.ts';
import { signalResource } from './signal-resource.ts';
import { stacks } from './stack.ts';
import { getTemplate, getTemplateSummary, validateTemplate } from './template-operations.ts';
import { updateStack } from './update-stack.ts';
import { updateTerminationProtection } from './update-termination-protection.ts';

/** The simulated CloudFormation; see SPEC.md beside this file. */
export function createCloudFormation(settings: CloudFormationSettings = {}): Service {
  const operations: Record<string, Operation> = {
    CancelUpdateStack: cancelUpdateStack(settings),
    ContinueUpdateRollback: continueUpdateRollback(settings),
    CreateChangeSet: createChangeSet(settings),
    CreateStack: createStack(settings),
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack(settings),
    DescribeChangeSet: describeChangeSet,
    DescribeChangeSetHooks: describeChangeSetHooks,
    DescribeEvents: describeEvents,
    DescribeStackDriftDetectionStatus: describeStackDriftDetectionStatus,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResource: describeStackResource,
    DescribeStackResourceDrifts: describeStackResourceDrifts,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    DetectStackDrift: detectStackDrift,
    DetectStackResourceDrift: detectStackResourceDrift,
    ExecuteChangeSet: executeChangeSet(settings),
    GetStackPolicy: getStackPolicy,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary(settings),
    ListChangeSets: listChangeSets,
    ListExports: listExports,
    ListImports: listImports,
    ListStackResources: listStackResources,
    ListStacks: listStacks,
    RollbackStack: rollbackStack(settings),
    SetStackPolicy: setStackPolicy(settings),
    SignalResource: signalResource(settings),
    UpdateStack: updateStack(settings),
    UpdateTerminationProtection: updateTerminationProtection,
    ValidateTemplate: validateTemplate(settings),
  };
  return { client: 'client-cloudformation', operations, handlers: handlersOf(settings), limitOf };
}

/** As the cloud runs it: with templates and buckets of the simulated S3. */
export const cloudformation: Service = createCloudFormation({
  objectText,
  isBucketEmpty(world, _realm, name) {
    const bucket = findBucket(world, name);
    return bucket === undefined || isEmpty(world, bucket);
  },
});

function handlersOf(settings: CloudFormationSettings): Record<string, DueHandler> {
  const handler =
    (work: (course: Course, due: Due) => void): DueHandler =>
    (world, due) => {
      const course = courseOf(world, due, settings);
      if (!course) return;
      work(course, due);
      course.save();
    };
  return {
    'cloudformation.begin': handler(beginPhase),
    'cloudformation.step': handler((course, { payload }) => continueStep(course, payload as unknown as StepPayload)),
    'cloudformation.finish': handler(finishPhase),
    'cloudformation.triggers': handler(lookAtTriggers),
    'cloudformation.timeout': handler((course) => {
      if (course.progress.phase === 'create') stopPhase(course, 'Stack creation time exceeded the specified timeout.');
    }),
    'cloudformation.change-set': workOutChangeSet(settings),
    'cloudformation.drift': finishDetection,
    'cloudformation.express-remove': continueExpressRemoval,
    'cloudformation.forget': forgetStack,
  };
}

/** The stack's course, unless it has turned elsewhere since the thing was planned. */
function courseOf(world: World, due: Due, settings: CloudFormationSettings): Course | undefined {
  const { stackId, operation } = due.payload as { stackId: string; operation: string };
  const stack = stacks(world, due.realm).get(stackId);
  if (!stack) return undefined;
  const course = new Course(world, due.realm, settings, stack);
  return course.isAtRest || course.progress.operation !== operation ? undefined : course;
}

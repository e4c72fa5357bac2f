import type { DeploymentConfig } from '@aws-sdk/client-cloudformation';
import { isCustomResource } from '../../catalog/custom-resource.ts';
import type { Course } from './course.ts';
import { STACK_TYPE } from './stack-event.ts';

/** Whether a request asks for a resource to count as complete when its service has accepted the call. */
export function isExpress(config: DeploymentConfig | undefined): boolean {
  return config?.Mode === 'EXPRESS';
}

/** With EXPRESS there is no rollback unless it is asked for. */
export function expressDisablesRollback(
  config: DeploymentConfig | undefined,
  asked: { readonly DisableRollback?: boolean | undefined; readonly OnFailure?: string | undefined },
): boolean {
  if (config?.DisableRollback !== undefined) return config.DisableRollback;
  return isExpress(config) && asked.DisableRollback === undefined && asked.OnFailure === undefined;
}

/** What something outside has to answer is waited for in any mode. */
export function completesAtOnce({ progress }: Course, type: string): boolean {
  const waits = isCustomResource(type) || type === STACK_TYPE || type === 'AWS::CloudFormation::WaitCondition';
  return progress.isExpress === true && !waits;
}

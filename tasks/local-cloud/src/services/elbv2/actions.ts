import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { typed } from './typed.ts';

/** Actions as the API shows them: a forward to one group is shown in both of its forms. */
export function actionsOf(value: unknown): Action[] {
  return ([typed(value ?? [])].flat() as Action[]).map((action) => {
    if (action.Type !== 'forward') return withoutSecret(action);
    const { TargetGroupArn: arn, ForwardConfig: config } = action;
    const groups = config?.TargetGroups ?? [{ TargetGroupArn: arn, Weight: 1 }];
    const [only] = groups.length === 1 ? groups : [];
    return {
      ...action,
      ...(only === undefined ? {} : { TargetGroupArn: only.TargetGroupArn }),
      ForwardConfig: {
        TargetGroups: groups.map((group) => ({ Weight: 1, ...group })),
        TargetGroupStickinessConfig: config?.TargetGroupStickinessConfig ?? { Enabled: false },
      },
    };
  });
}

/** A client's secret is taken and never shown. */
function withoutSecret(action: Action): Action {
  if (action.AuthenticateOidcConfig === undefined) return action;
  const { ClientSecret: _secret, ...shown } = action.AuthenticateOidcConfig;
  return { ...action, AuthenticateOidcConfig: shown };
}

/** Conditions as the API shows them: hosts and paths in both of their forms. */
export function conditionsOf(value: unknown): RuleCondition[] {
  return ([value ?? []].flat() as RuleCondition[]).map((condition) => {
    const { Field: field, HostHeaderConfig: hosts, PathPatternConfig: paths } = condition;
    if (field !== 'host-header' && field !== 'path-pattern') return condition;
    const Values = condition.Values ?? (field === 'host-header' ? hosts : paths)?.Values;
    if (Values === undefined) return condition;
    return field === 'host-header'
      ? { ...condition, Values, HostHeaderConfig: { Values } }
      : { ...condition, Values, PathPatternConfig: { Values } };
  });
}

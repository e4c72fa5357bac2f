import type * as CloudWatch from '@aws-sdk/client-cloudwatch';
import { setState } from '../../catalog/alarm-state.ts';
import type { AlarmStateValue } from '../../catalog/alarm-state.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { alarmOf, findAlarm } from './alarm.ts';

export function setAlarmState(world: World, input: CloudWatch.SetAlarmStateInput, call: Call): object {
  const { id } = alarmOf(world, call.realm, input.AlarmName);
  const { StateValue, StateReason, StateReasonData } = input;
  if (StateReasonData !== undefined) checkJson(StateReasonData);
  setState(world, call.realm, id, {
    value: StateValue as AlarmStateValue,
    reason: StateReason ?? '',
    ...(StateReasonData === undefined ? {} : { reasonData: StateReasonData }),
  });
  return {};
}

export function enableAlarmActions(world: World, input: CloudWatch.EnableAlarmActionsInput, call: Call): object {
  return setActions(world, call, input.AlarmNames, true);
}

export function disableAlarmActions(world: World, input: CloudWatch.DisableAlarmActionsInput, call: Call): object {
  return setActions(world, call, input.AlarmNames, false);
}

/** Names of no alarm are passed over. */
function setActions(world: World, call: Call, names: readonly string[] | undefined, ActionsEnabled: boolean): object {
  for (const name of names ?? []) {
    const alarm = findAlarm(world, call.realm, name);
    if (alarm !== undefined) setProperties(world, call.realm, alarm, { ActionsEnabled });
  }
  return {};
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new ServiceError('InvalidFormatFault', 'Data was not syntactically valid JSON.');
  }
}

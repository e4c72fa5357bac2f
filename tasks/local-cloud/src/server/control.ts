import { ProblemError } from '@roundtrip/problem';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import type { WireResponse } from '../wire/http.ts';

export const CONTROL_PATH = '/_roundtrip/';

/** What the daemon says of itself. */
export interface Health {
  readonly service: 'roundtrip-local-cloud';
  readonly pid: number;
  /** Changes whenever the code it was started from does. */
  readonly version: string;
  /** Cloud seconds a real second. */
  readonly speed: number;
  readonly dataDirectory: string;
  /** The checkout it serves. */
  readonly root: string;
  /** ISO 8601. */
  readonly cloudTime: string;
}

export interface ControlPort {
  health(): Health;
  reset(): void;
  /** Called after the answer was made; ends the process in a clean way. */
  stop(): void;
  faults(): readonly FaultRule[];
  setFaults(plan: FaultPlan): void;
}

export function isHealth(value: unknown): value is Health {
  return typeof value === 'object' && value !== null && (value as Health).service === 'roundtrip-local-cloud';
}

const ACTIONS = 'GET health, POST reset, POST stop, GET faults, PUT faults, DELETE faults';

/** The few requests that are no AWS API. */
export async function control(port: ControlPort, method: string, action: string, body: string): Promise<WireResponse> {
  switch (`${method} ${action}`) {
    case 'GET health':
      return json(200, port.health());
    case 'POST reset':
      port.reset();
      return json(200, port.health());
    case 'POST stop':
      port.stop();
      return json(200, port.health());
    case 'GET faults':
      return faults(port);
    case 'PUT faults':
      return await putFaults(port, body);
    case 'DELETE faults':
      port.setFaults({ faults: [] });
      return faults(port);
    default:
      return json(404, { error: `${method} ${CONTROL_PATH}${action} is none of ${ACTIONS}` });
  }
}

async function putFaults(port: ControlPort, body: string): Promise<WireResponse> {
  try {
    // Judging a plan takes a schema library that most clouds never need.
    const { readFaultPlan } = await import('../faults/read-fault-plan.ts');
    port.setFaults(readFaultPlan(body, 'the request'));
    return faults(port);
  } catch (error) {
    if (error instanceof ProblemError) return json(400, { error: error.message });
    throw error;
  }
}

function faults(port: ControlPort): WireResponse {
  const list = port.faults().map(({ fault, since, seen, fired }) => ({
    ...fault,
    since: new Date(since).toISOString(),
    seen,
    fired,
  }));
  return json(200, { faults: list });
}

function json(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body)}\n` };
}

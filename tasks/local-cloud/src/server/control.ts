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
}

export function isHealth(value: unknown): value is Health {
  return typeof value === 'object' && value !== null && (value as Health).service === 'roundtrip-local-cloud';
}

/** The few requests that are no AWS API: `GET health`, `POST reset`, `POST stop`. */
export function control(port: ControlPort, method: string, action: string): WireResponse {
  if (method === 'GET' && action === 'health') return json(200, port.health());
  if (method === 'POST' && action === 'reset') {
    port.reset();
    return json(200, port.health());
  }
  if (method === 'POST' && action === 'stop') {
    port.stop();
    return json(200, port.health());
  }
  return json(404, {
    error: `${method} ${CONTROL_PATH}${action} is none of GET health, POST reset, POST stop`,
  });
}

function json(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body)}\n` };
}

import { request } from 'node:http';
import type { Health } from '../server/control.ts';
import { CONTROL_PATH, isHealth } from '../server/control.ts';

/** Who answers on a port: nobody, a local cloud, or something else. */
export type Probe =
  { readonly kind: 'nobody' } | { readonly kind: 'cloud'; readonly health: Health } | { readonly kind: 'stranger' };

const ANSWER_TIMEOUT_MS = 2_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/** Asks for a local cloud's health. node:http rather than fetch, which takes 40 ms to load. */
export function probe(port: number): Promise<Probe> {
  return askControl(port, 'GET', 'health');
}

/** Sends a control request; the answer is the health of whoever took it. */
export function askControl(port: number, method: 'GET' | 'POST', action: string): Promise<Probe> {
  return new Promise((resolve) => {
    const asked = request(
      { host: '127.0.0.1', port, method, path: CONTROL_PATH + action, timeout: ANSWER_TIMEOUT_MS, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > ANSWER_BYTES_MAX) asked.destroy();
        });
        response.on('end', () => resolve(answered(text)));
        response.on('error', () => resolve({ kind: 'stranger' }));
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ kind: error.code === 'ECONNREFUSED' ? 'nobody' : 'stranger' });
    });
    asked.end();
  });
}

function answered(text: string): Probe {
  try {
    const health: unknown = JSON.parse(text);
    return isHealth(health) ? { kind: 'cloud', health } : { kind: 'stranger' };
  } catch {
    return { kind: 'stranger' };
  }
}

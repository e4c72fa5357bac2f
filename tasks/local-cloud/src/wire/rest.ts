import type { Protocol } from './protocol.ts';
export const rest = undefined as unknown as Protocol;

import { SWEEPING_LAYER, type Environment } from '@roundtrip/environment';

/** What the env file lets stay, by logical name or ARN; nothing in a project without that layer. */
export function retained(environment: Environment): readonly string[] {
  const { retain } = (environment.sections.get(SWEEPING_LAYER)?.config ?? {}) as { readonly retain?: unknown };
  return Array.isArray(retain) ? retain.filter((one): one is string => typeof one === 'string') : [];
}

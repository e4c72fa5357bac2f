import { cbor } from './cbor.ts';
import type { WireRequest } from './http.ts';
import { json } from './json.ts';
import type { ServiceModel } from './model.ts';
import type { Protocol } from './protocol.ts';
import { protocols } from './protocols.ts';
import { query } from './query.ts';

/**
 * The protocol that a request is written in. Most services know one; those whose SDKs have changed over time, like
 * CloudWatch, are spoken to in several, and every client is answered in its own.
 */
export function spokenProtocol(model: ServiceModel, { headers, method, query: search }: WireRequest): Protocol {
  const own = protocols[model.protocol];
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cbor;
  if (own !== json) return own === query && 'x-amz-target' in headers ? json : own;
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const isInUrl = method === 'GET' && /(?:^|&)Action=/.test(search);
  return isForm || isInUrl ? query : own;
}

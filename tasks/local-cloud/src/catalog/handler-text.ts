import type { World } from '../world.ts';
import type { Refusal } from './behaviour.ts';

/** The form in which CloudFormation passes on what a resource's handler says. */
export function handlerText(world: World, refusal: Refusal): string {
  const { text, handlerErrorCode, isOwnText } = refusal;
  if (isOwnText === true) return text;
  return `Resource handler returned message: "${text}" (RequestToken: ${world.uuid()}, HandlerErrorCode: ${handlerErrorCode})`;
}

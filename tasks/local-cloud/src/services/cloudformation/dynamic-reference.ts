import { parameterValue } from '../../catalog/parameter-versions.ts';
import { CURRENT, versionsOf } from '../../catalog/secret-versions.ts';
import { resourceWith } from '../../catalog/resources-of.ts';
import type { Realm, World } from '../../world.ts';
import { validationError } from './validation-error.ts';

/** The value of `ssm:name`, `ssm-secure:name` or `secretsmanager:id:SecretString:key`, without the braces. */
export function dynamicValue(world: World, realm: Realm, reference: string): string {
  const colon = reference.indexOf(':');
  const service = reference.slice(0, colon);
  const rest = reference.slice(colon + 1);
  if (service === 'ssm' || service === 'ssm-secure') {
    const value = parameterValue(world, realm, rest);
    if (value !== undefined) return value;
    throw validationError(`Parameters: [${reference}] cannot be found.`);
  }
  if (service === 'secretsmanager') return secretValue(world, realm, rest);
  throw validationError(`Incorrect format is used in the following SSM reference: [{{resolve:${reference}}}]`);
}

const SECRET =
  /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?$/;

/** `id:SecretString:key:stage:version`; what is left out is the whole of the current value. */
function secretValue(world: World, realm: Realm, rest: string): string {
  const [, id = '', , key = '', stage = '', version = ''] = SECRET.exec(rest) ?? [];
  const secret = resourceWith(
    world,
    realm,
    'AWS::SecretsManager::Secret',
    ({ arn, properties }) => arn === id || properties['Name'] === id,
  );
  const versions = secret === undefined ? [] : versionsOf(world, realm, secret);
  const text = versions.find((one) =>
    version === '' ? one.stages.includes(stage === '' ? CURRENT : stage) : one.id === version,
  )?.text;
  if (text === undefined) throw validationError("Secrets Manager can't find the specified secret.");
  if (key === '') return text;
  const value = valueOf(text, key);
  if (value === undefined) throw validationError(`Could not find a value associated with JSONKey in SecretString`);
  return value;
}

function valueOf(json: string, key: string): string | undefined {
  try {
    const value = (JSON.parse(json) as Record<string, unknown>)[key];
    return value === undefined ? undefined : String(value);
  } catch {
    throw validationError('Could not parse SecretString JSON');
  }
}

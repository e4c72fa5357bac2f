import {
  declaredTransforms,
  embeddedTransforms,
  expandTemplate,
  hasTransforms,
  includeSnippets,
  parseTemplate,
  undeclaredExtension,
  unsupportedFunction,
} from '@roundtrip/template';
import type { Template } from '@roundtrip/template';
import type { Realm, World } from '../../world.ts';
import { asValidationError, prepareTemplate } from './prepared-template.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import type { CloudFormationSettings } from './settings.ts';
import { parameterValues, pseudoParameters } from './stack-scope.ts';
import type { Stack } from './stack.ts';
import { validationError } from './validation-error.ts';

const SIMULATED: ReadonlySet<string> = new Set(['AWS::LanguageExtensions', 'AWS::Include']);

/**
 * A template as it was handed in: readable, and with no transform but those that are part of the template language.
 * Macros run code of the account, and AWS::Serverless runs AWS's; nothing here would.
 *
 * @throws ValidationError
 */
export function readTemplate(text: string): Template {
  const { template } = asValidationError(() => parseTemplate(text, 'template'));
  if (read.has(template)) return template;
  const { Transform: _Transform, ...rest } = template;
  const others = [...declaredTransforms(template), ...embeddedTransforms(rest)].filter((name) => !SIMULATED.has(name));
  if (others[0] !== undefined) {
    throw validationError(`The local cloud does not simulate the transform ${JSON.stringify(others[0])}.`);
  }
  const undeclared = undeclaredExtension(template);
  if (undeclared?.name === 'Fn::FindInMap') {
    throw validationError(
      'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  }
  if (undeclared !== undefined) throw asProblem(undeclared.name);
  read.add(template);
  return template;
}

/** Templates are shared: what was found good once is good. */
const read = new WeakSet<Template>();

function asProblem(name: string): Error {
  return validationError(unsupportedFunction(name).problems[0]?.what ?? name);
}

export interface ProcessingInput {
  readonly world: World;
  readonly realm: Realm;
  readonly settings: CloudFormationSettings;
  readonly stack: Pick<Stack, 'id' | 'name' | 'parameters' | 'notificationArns'>;
}

/**
 * What the transforms make of a template with the parameters of a stack: what GetTemplate shows as Processed, and what
 * everything else works with. Without a transform it is the template itself.
 *
 * @throws ValidationError
 */
export function processedTemplate({ world, realm, settings, stack }: ProcessingInput, text: string): PreparedTemplate {
  const template = readTemplate(text);
  if (!hasTransforms(template)) return prepareTemplate(text);
  const given = { parameters: parameterValues(template, stack), pseudo: pseudoParameters(realm, stack) };
  const read = (location: string) => settings.objectText?.(world, location);
  const processed = asValidationError(() =>
    expandTemplate(includeSnippets(parseTemplate(text, 'template'), given, read), given),
  );
  const { Transform: _Transform, ...plain } = processed.template;
  return prepareTemplate(JSON.stringify(plain));
}

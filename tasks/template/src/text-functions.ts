import { eager, type Evaluation, type IntrinsicFunction } from './intrinsic-function.ts';
import { isRecord, isSymbolic } from './intrinsic.ts';
import { scalarText } from './scalar-text.ts';
import { substitute } from './substitute.ts';
import { templateError } from './template-error.ts';
import { UNKNOWN } from './scope.ts';

export const textFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Base64': eager((argument) => {
    const text = scalarText(argument);
    if (text === undefined)
      throw templateError('Template error: every Fn::Base64 object must have a String-typed value.');
    return Buffer.from(text, 'utf8').toString('base64');
  }),
  'Fn::ToJsonString': eager((argument) => {
    if (isRecord(argument) || Array.isArray(argument)) return JSON.stringify(argument);
    throw templateError('Template error: Fn::ToJsonString requires an object or a list');
  }),
};

function join(argument: unknown, { value }: Evaluation): unknown {
  const known = value(argument);
  const [delimiter, list] = Array.isArray(known) ? (known as unknown[]) : [];
  if (isSymbolic(known)) return UNKNOWN;
  const texts = Array.isArray(list) ? list.map(scalarText) : undefined;
  if (typeof delimiter !== 'string' || texts === undefined || texts.includes(undefined)) {
    throw templateError(
      'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings ' +
        'to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    );
  }
  return texts.join(delimiter);
}

import { eager, type Evaluation, type IntrinsicFunction } from './intrinsic-function.ts';
import { getAttArgument, isRecord, isSymbolic, own } from './intrinsic.ts';
import { scalarText } from './scalar-text.ts';
import { NO_VALUE, UNKNOWN, type Scope } from './scope.ts';
import { templateError } from './template-error.ts';

export const lookupFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: (argument, { scope }) => {
    if (typeof argument === 'string') return lookupRef(argument, scope);
    throw templateError('Template error: every Ref object must have a single String value.');
  },
  'Fn::GetAtt': getAtt,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': eager(importValue),
  'Fn::GetStackOutput': eager(stackOutput),
};

/** The value of a pseudo parameter, a parameter or a resource, in this order. */
export function lookupRef(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return NO_VALUE;
  const value = own(scope.pseudo, name) ?? own(scope.parameters, name) ?? scope.ref(name);
  if (value !== undefined) return value;
  throw templateError(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}

export function lookupAttribute(logicalId: string, attribute: string, scope: Scope): unknown {
  const value = scope.getAtt(logicalId, attribute);
  if (value !== undefined) return value;
  throw templateError(
    `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}

function getAtt(argument: unknown, evaluation: Evaluation): unknown {
  const wanted = getAttArgument(argument);
  if (wanted === undefined) {
    throw templateError(
      'Template error: every Fn::GetAtt object requires two non-empty parameters, ' +
        'the resource name and the resource attribute',
    );
  }
  const attribute = evaluation.value(wanted.attribute);
  if (isSymbolic(attribute)) return UNKNOWN;
  return lookupAttribute(wanted.logicalId, scalarText(attribute) ?? '', evaluation.scope);
}

function findInMap(argument: unknown, evaluation: Evaluation): unknown {
  if (!Array.isArray(argument) || argument.length < 3 || argument.length > 4) {
    throw templateError(
      'Template error: every Fn::FindInMap object requires three parameters, ' +
        'the map name, map key and the attribute for return value',
    );
  }
  const keys = argument.slice(0, 3).map((key) => evaluation.value(key));
  if (isSymbolic(keys)) return UNKNOWN;
  const [map = '', top = '', second = ''] = keys.map((key) => scalarText(key) ?? '');
  const found = own(own(own(evaluation.scope.mappings, map), top), second);
  if (found !== undefined) return found;
  const options: unknown = argument[3];
  if (isRecord(options) && options['DefaultValue'] !== undefined) return evaluation.value(options['DefaultValue']);
  throw templateError(`Template error: Unable to get mapping for ${map}::${top}::${second}`);
}

function stackOutput(argument: unknown, scope: Scope): unknown {
  const { StackName, OutputName, Region, RoleArn } = isRecord(argument) ? argument : {};
  if (typeof StackName !== 'string' || typeof OutputName !== 'string') {
    throw templateError('Template error: every Fn::GetStackOutput object requires a StackName and an OutputName');
  }
  if (scope.stackOutput === undefined) return UNKNOWN;
  const value = scope.stackOutput({
    stackName: StackName,
    outputName: OutputName,
    ...(typeof Region === 'string' && { region: Region }),
    ...(typeof RoleArn === 'string' && { roleArn: RoleArn }),
  });
  if (value !== undefined) return value;
  throw templateError(`Output '${OutputName}' not found in stack '${StackName}'`);
}

function importValue(name: unknown, scope: Scope): unknown {
  const text = scalarText(name);
  if (text === undefined) throw templateError('Template error: the attribute in Fn::ImportValue must be a string');
  const value = scope.importValue(text);
  if (value !== undefined) return value;
  throw templateError(`No export named ${text} found.`);
}

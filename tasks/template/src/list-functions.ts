import { cutCidr } from './cut-cidr.ts';
import { eager, type Evaluation, type IntrinsicFunction } from './intrinsic-function.ts';
import { isSymbolic } from './intrinsic.ts';
import { scalarText, wholeNumber } from './scalar-text.ts';
import { UNKNOWN, type Scope } from './scope.ts';
import { templateError } from './template-error.ts';

export const listFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::Select': select,
  'Fn::Split': eager(split),
  'Fn::GetAZs': eager(getAZs),
  'Fn::Cidr': eager(cidr),
  'Fn::Length': eager(length),
};

/** Not eager: an item can be known in a list whose other items are not. */
function select(argument: unknown, { value }: Evaluation): unknown {
  const known = value(argument);
  if (!Array.isArray(known)) {
    if (isSymbolic(known)) return UNKNOWN;
    throw templateError(
      'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    );
  }
  const [index, list] = known as unknown[];
  if (isSymbolic(index)) return UNKNOWN;
  const at = wholeNumber(index);
  if (at === undefined || known.length !== 2 || !(Array.isArray(list) || isSymbolic(list))) {
    throw templateError(
      'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    );
  }
  if (!Array.isArray(list)) return UNKNOWN;
  if (at >= 0 && at < list.length) return list[at];
  throw templateError(`Template error: Fn::Select cannot select nonexistent value at index ${at}`);
}

function split(argument: unknown): unknown {
  const [delimiter, text] = Array.isArray(argument) ? (argument as unknown[]) : [];
  const source = scalarText(text);
  if (typeof delimiter !== 'string' || delimiter === '' || source === undefined) {
    throw templateError(
      'Template error: every Fn::Split object requires two parameters, ' +
        '(1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    );
  }
  return source.split(delimiter);
}

function getAZs(argument: unknown, scope: Scope): unknown {
  if (typeof argument !== 'string') {
    throw templateError('Template error: every Fn::GetAZs object requires a String parameter.');
  }
  const region = argument === '' ? scope.pseudo['AWS::Region'] : argument;
  return typeof region === 'string' ? scope.zones(region) : UNKNOWN;
}

function cidr(argument: unknown): unknown {
  const [block, count, bits] = Array.isArray(argument) ? (argument as unknown[]) : [];
  const countNumber = wholeNumber(count);
  const bitsNumber = wholeNumber(bits);
  if (typeof block === 'string' && countNumber !== undefined && bitsNumber !== undefined) {
    return cutCidr(block, countNumber, bitsNumber);
  }
  throw templateError(
    'Template error: every Fn::Cidr object requires three parameters, ' +
      '(1) an IP block, (2) a count of blocks from 1 to 256 and (3) the number of bits for each block',
  );
}

function length(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.length;
  throw templateError('Template error: Fn::Length requires a list or a function that returns a list');
}

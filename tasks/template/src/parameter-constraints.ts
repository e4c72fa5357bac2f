import type { Problem } from '@roundtrip/problem';
import { isListType, listItems } from './parameter-list.ts';
import { scalarText } from './scalar-text.ts';
import type { TemplateParameter } from './template.ts';

/** The first constraint that a value fails, as CloudFormation words it. */
export function parameterProblem(name: string, parameter: TemplateParameter, text: string): Problem | undefined {
  const failed = firstFailure(parameter, text);
  if (failed === undefined) return undefined;
  const description = parameter.ConstraintDescription;
  const what =
    description === undefined || failed === NOT_A_NUMBER
      ? `Parameter '${name}' ${failed}`
      : `Parameter ${name} failed to satisfy constraint: ${description}`;
  return { code: 'template-parameter', what };
}

const NOT_A_NUMBER = 'must be a number';

function firstFailure(parameter: TemplateParameter, text: string): string | undefined {
  const items = isListType(parameter.Type) ? listItems(text) : [text];
  for (const item of items) {
    const failed = itemFailure(parameter, item);
    if (failed !== undefined) return failed;
  }
  return undefined;
}

function itemFailure(parameter: TemplateParameter, item: string): string | undefined {
  const isNumeric = parameter.Type === 'Number' || parameter.Type === 'List<Number>';
  if (isNumeric && (item.trim() === '' || !Number.isFinite(Number(item)))) return NOT_A_NUMBER;
  const { AllowedValues, AllowedPattern } = parameter;
  if (AllowedValues !== undefined && !AllowedValues.some((allowed) => scalarText(allowed) === item)) {
    return 'must be one of AllowedValues';
  }
  if (AllowedPattern !== undefined && !matches(AllowedPattern, item)) return `must match pattern ${AllowedPattern}`;
  return isNumeric ? boundFailure(parameter, Number(item)) : lengthFailure(parameter, item.length);
}

function boundFailure({ MinValue, MaxValue }: TemplateParameter, value: number): string | undefined {
  if (MinValue !== undefined && value < Number(MinValue)) return `must be a number not less than ${MinValue}`;
  if (MaxValue !== undefined && value > Number(MaxValue)) return `must be a number not greater than ${MaxValue}`;
  return undefined;
}

function lengthFailure({ MinLength, MaxLength }: TemplateParameter, length: number): string | undefined {
  if (MinLength !== undefined && length < Number(MinLength)) return `must contain at least ${MinLength} characters`;
  if (MaxLength !== undefined && length > Number(MaxLength)) return `must contain at most ${MaxLength} characters`;
  return undefined;
}

/** The whole value has to match: the pattern is anchored at both ends. A pattern that is none matches nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

export { dependencies, dependsOn } from './dependencies.ts';
export { evaluate } from './evaluate.ts';
export { unsupportedFunction } from './template-error.ts';
export { evaluateConditions } from './evaluate-conditions.ts';
export { expandTemplate } from './expand-template.ts';
export { expandWith } from './expand-with.ts';
export { findCycle } from './find-cycle.ts';
export { includeSnippets } from './include-snippets.ts';
export { asIntrinsic, getAttArgument, isRecord, isSymbolic } from './intrinsic.ts';
export { isListType, listItems } from './parameter-list.ts';
export { ruleProblems } from './rules.ts';
export { scalarText } from './scalar-text.ts';
export { parseTemplate } from './parse-template.ts';
export { referenceProblems } from './reference-problems.ts';
export { references } from './references.ts';
export { resolveParameters, USE_PREVIOUS } from './resolve-parameters.ts';
export { leftBehind, leftByReplacement } from './left-behind.ts';
export { declaredTransforms, embeddedTransforms, hasTransforms, undeclaredExtension } from './transforms.ts';
export { NO_VALUE, UNKNOWN, unmadeScope } from './scope.ts';
export type { ExpansionScope } from './expand-template.ts';
export type { Intrinsic } from './intrinsic.ts';
export type { ConditionScope } from './evaluate-conditions.ts';
export type { RuleScope } from './rules.ts';
export type { Reference } from './references.ts';
export type { GivenParameters, ResolvedParameters } from './resolve-parameters.ts';
export type { ParameterValues, PartlyKnown, PseudoParameters, Scope, StackOutputReference } from './scope.ts';
export type {
  Mappings,
  ParsedTemplate,
  Template,
  TemplateOutput,
  TemplateParameter,
  TemplateResource,
} from './template.ts';

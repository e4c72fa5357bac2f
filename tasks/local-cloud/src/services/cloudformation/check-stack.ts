import { ruleProblems } from '@roundtrip/template';
import { ruleScope } from './account-values.ts';
import type { Course } from './course.ts';
import { dynamicReferenceProblem } from './dynamic-reference-problem.ts';
import { refuseMissing } from './missing-resources.ts';
import { validationError } from './validation-error.ts';

/**
 * What a template and its parameters are refused for together, before anything is made: rules that fail, references to
 * what its conditions leave out, dynamic references that lead nowhere. Throws ValidationError or ProblemError.
 */
export function checkStack(course: Course): void {
  const { world, realm, stack, prepared, scope } = course;
  const [failed] = prepared.template.Rules
    ? ruleProblems(prepared.template, ruleScope(world, realm, prepared.template, stack))
    : [];
  if (failed !== undefined) throw validationError(failed.what);
  refuseMissing(prepared, scope.conditions);
  const problem = dynamicReferenceProblem(course, 'asked');
  if (problem !== undefined) throw validationError(problem);
}

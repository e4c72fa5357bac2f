export { EXIT, ProblemError, formatPlace, formatProblem, formatProblems } from './problem.ts';
export type { Place, Problem } from './problem.ts';

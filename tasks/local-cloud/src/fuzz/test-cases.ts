/** How many cases, and from which seed: `FUZZ_CASES=100000 FUZZ_SEED=other make fuzz`. */
export const CASES = Number(process.env['FUZZ_CASES'] ?? 10_000);
export const SEED = process.env['FUZZ_SEED'] ?? 'roundtrip';
/** Templates cost more than requests do. */
export const TEMPLATE_CASES = Math.ceil(CASES / 10);
export const REQUEST_CASES = CASES - TEMPLATE_CASES;
/** The longest that a case may take, of real time; a hang, not a slow machine. */
export const CASE_MS_MAX = 5_000;
/** How many things may happen by themselves in one case. */
export const STEPS_MAX = 20_000;

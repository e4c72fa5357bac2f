import { median } from './median.ts';
import type { Figure } from './report.ts';
import { stageUp, type StageUp } from './stage-up.ts';

/** Each draws other times for the resources; both modes get the same ones. */
const SEEDS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** How much sooner this project's own stage is ready in express mode. */
export async function expressFigures(root: string): Promise<Figure[]> {
  const [standard, express]: [StageUp[], StageUp[]] = [[], []];
  for (const seed of SEEDS) {
    standard.push(await stageUp(root, 'standard', seed));
    express.push(await stageUp(root, 'express', seed));
  }
  const sooner = standard.map(({ seconds }, index) => (1 - (express[index]?.seconds ?? seconds) / seconds) * 100);
  return [
    ...figuresOf('standard', standard),
    ...figuresOf('express', express),
    { what: 'express: stage is ready sooner by', value: median(sooner), unit: '%' },
  ];
}

function figuresOf(mode: string, ups: readonly StageUp[]): Figure[] {
  const layers = [...(ups[0]?.layers.keys() ?? [])].filter((layer) => layer !== 'destroy');
  return [
    { what: `${mode}: stage is ready after`, value: median(ups.map(({ seconds }) => seconds)), unit: 's' },
    ...layers.map((layer) => ({
      what: `${mode}: layer ${layer} is ready after`,
      value: median(ups.map((up) => up.layers.get(layer) ?? 0)),
      unit: 's',
    })),
    { what: `${mode}: calls`, value: median(ups.map(({ calls }) => calls)), unit: '' },
  ];
}

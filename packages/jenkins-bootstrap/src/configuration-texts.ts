import { createHash } from 'node:crypto';
import type { LayerContext } from '@roundtrip/environment';
import type { JenkinsConfig } from './config.ts';

type Context = Pick<LayerContext<JenkinsConfig>, 'config' | 'readFile' | 'listFiles'>;

/** A file in `jcasc/` and the template's parameter that carries it. */
export interface ConfigurationText {
  readonly file: string;
  readonly parameter: 'ControllerYaml' | 'JobsYaml' | 'PluginsText';
  readonly text: string;
}

const FILES = [
  { file: 'controller.yaml', parameter: 'ControllerYaml' },
  { file: 'jobs.yaml', parameter: 'JobsYaml' },
  { file: 'plugins.txt', parameter: 'PluginsText' },
] as const;

/** The configuration as code of this environment's Jenkins; the jobs only where it has any. */
export function configurationTexts(context: Context): ConfigurationText[] {
  const present = context.listFiles('jcasc');
  return FILES.filter(({ file }) => file !== 'jobs.yaml' || (context.config.jobs && present.includes(file))).map(
    ({ file, parameter }) => ({ file: `jcasc/${file}`, parameter, text: context.readFile(`jcasc/${file}`) }),
  );
}

/**
 * Sixteen hexadecimal digits that change with the texts. ECS reads a parameter when a task starts, so without them a
 * changed text would wait for the next restart.
 */
export function configurationHash(texts: readonly ConfigurationText[]): string {
  const hash = createHash('sha256');
  for (const { parameter, text } of texts) hash.update(`${parameter}\0${text}\0`);
  return hash.digest('hex').slice(0, 16);
}

import type { Problem } from '@roundtrip/problem';
import { resolveParameters } from '@roundtrip/template';
import type { LayerStack, StackTemplate } from './layer-stacks.ts';
import { nearest } from './nearest.ts';
import type { TemplateFacts } from './template-facts.ts';

/** Rule: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const VALUE_BYTES_MAX = 4096;

/**
 * Compares what a layer gives to a stack with the parameters that the template has, so that no call is made that
 * CloudFormation can only refuse. Values that come from outputs are not known yet and are not judged.
 */
export function checkParameters(
  stack: LayerStack,
  { placeOf }: StackTemplate,
  { parameters }: TemplateFacts,
): Problem[] {
  const { fullName, section, definition } = stack;
  const given = definition.parameters;
  const layerFile = section.context.pathOf('layer.ts');
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(parameters, name));
  const missing = Object.keys(parameters).filter((name) => !(name in given) && parameters[name]?.Default === undefined);
  return [
    ...unknown.map((name) => {
      const near = nearest(name, missing) ?? nearest(name, Object.keys(parameters));
      return {
        code: 'unknown-parameter',
        place: placeOf(['Parameters']),
        what: `stack "${fullName}" is given parameter "${name}", which this template does not have`,
        next: near ? `did you mean "${near}"? correct ${layerFile}` : `add it here, or take it out of ${layerFile}`,
      };
    }),
    ...missing.map((name) => ({
      code: 'missing-parameter',
      place: placeOf(['Parameters', name]),
      what: `stack "${fullName}" is not given parameter "${name}", which has no default`,
      next: `give it in ${layerFile}, or write a Default here`,
    })),
    ...checkValues(stack, placeOf, parameters, layerFile),
  ];
}

function checkValues(
  { fullName, definition }: LayerStack,
  placeOf: StackTemplate['placeOf'],
  parameters: TemplateFacts['parameters'],
  layerFile: string,
): Problem[] {
  return Object.entries(definition.parameters).flatMap(([name, value]): Problem[] => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (typeof value !== 'string' || !parameter) return [];
    const bytes = Buffer.byteLength(value);
    if (bytes > VALUE_BYTES_MAX) {
      const limit = VALUE_BYTES_MAX.toLocaleString('en');
      const what = `parameter "${name}" of stack "${fullName}" has ${bytes.toLocaleString('en')} bytes, but may have ${limit} at most`;
      return [
        {
          code: 'long-parameter',
          place: { file: layerFile },
          what,
          next: `shorten it, or let the template carry the text itself`,
        },
      ];
    }
    const alone = { Resources: {}, Parameters: { [name]: parameter } };
    return resolveParameters(alone, { [name]: value }).problems.map((problem) => ({
      code: 'wrong-parameter',
      place: placeOf(['Parameters', name]),
      what: `stack "${fullName}": ${problem.what}`,
      ...(problem.why !== undefined && { why: problem.why }),
      next: `correct what ${layerFile} gives, or the rule here`,
    }));
  });
}

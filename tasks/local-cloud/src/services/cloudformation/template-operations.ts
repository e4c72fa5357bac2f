import type {
  Capability,
  GetTemplateInput,
  GetTemplateOutput,
  GetTemplateSummaryInput,
  GetTemplateSummaryOutput,
  ValidateTemplateInput,
  ValidateTemplateOutput,
} from '@aws-sdk/client-cloudformation';
import { declaredTransforms, hasTransforms } from '@roundtrip/template';
import type { Template, TemplateParameter } from '@roundtrip/template';
import type { Call, World } from '../../world.ts';
import { requiredCapabilities } from './capabilities.ts';
import { namedChangeSet } from './change-set/change-set.ts';
import { described } from './describe-stacks.ts';
import { prepareTemplate } from './prepared-template.ts';
import { readTemplate } from './processed-template.ts';
import type { CloudFormationSettings } from './settings.ts';
import { processedText, templateOf } from './stack.ts';
import { resourceSummary, unrecognizedTypes } from './template-summary.ts';
import { templateText } from './template-text.ts';

/** Of a stack, or of a change set. */
export function getTemplate(world: World, input: GetTemplateInput, call: Call): GetTemplateOutput {
  const stored =
    input.ChangeSetName === undefined
      ? templateOf(world, call.realm, described(world, call, input.StackName ?? '').id)
      : namedChangeSet(world, call, input);
  return {
    TemplateBody: input.TemplateStage === 'Processed' ? processedText(stored) : stored.text,
    StagesAvailable: ['Original', 'Processed'],
  };
}

export function getTemplateSummary(settings: CloudFormationSettings) {
  return (world: World, input: GetTemplateSummaryInput, call: Call): GetTemplateSummaryOutput => {
    const stack = input.StackName === undefined ? undefined : described(world, call, input.StackName);
    const text = stack ? templateOf(world, call.realm, stack.id).text : templateText(world, settings, input);
    const isLenient = input.TemplateSummaryConfig?.TreatUnrecognizedResourceTypesAsWarnings === true;
    const template = isLenient ? readTemplate(text) : checkedTemplate(text);
    return {
      ...summaryOf(template),
      Parameters: parametersOf(template).map(([key, parameter]) => ({
        ...shownParameter(key, parameter),
        ParameterType: parameter.Type,
        ParameterConstraints: { AllowedValues: parameter.AllowedValues?.map(String) },
      })),
      ...resourceSummary(template),
      ...(isLenient && { Warnings: { UnrecognizedResourceTypes: unrecognizedTypes(template) } }),
      Version: template.AWSTemplateFormatVersion,
      Metadata: template.Metadata && JSON.stringify(template.Metadata),
    };
  };
}

export function validateTemplate(settings: CloudFormationSettings) {
  return (world: World, input: ValidateTemplateInput, _call: Call): ValidateTemplateOutput => {
    const template = checkedTemplate(templateText(world, settings, input));
    const Parameters = parametersOf(template).map(([key, parameter]) => shownParameter(key, parameter));
    return { ...summaryOf(template), Parameters };
  };
}

/** What its transforms make of a template is known with its parameters only; without any it is checked as it stands. */
function checkedTemplate(text: string): Template {
  const template = readTemplate(text);
  return hasTransforms(template) ? template : prepareTemplate(text).template;
}

function summaryOf(template: Template) {
  const { capabilities, types } = requiredCapabilities(template);
  return {
    Description: template.Description,
    Capabilities: capabilities as Capability[],
    CapabilitiesReason:
      types.length === 0 ? undefined : `The following resource(s) require capabilities: [${types.join(', ')}]`,
    DeclaredTransforms: declaredTransforms(template),
  };
}

function parametersOf(template: Template): [string, TemplateParameter][] {
  return Object.entries(template.Parameters ?? {});
}

function shownParameter(key: string, parameter: TemplateParameter) {
  return {
    ParameterKey: key,
    DefaultValue: parameter.Default === undefined ? undefined : String(parameter.Default),
    NoEcho: String(parameter.NoEcho) === 'true',
    Description: parameter.Description,
  };
}

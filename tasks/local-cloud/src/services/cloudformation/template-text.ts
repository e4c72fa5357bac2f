import type { World } from '../../world.ts';
import type { CloudFormationSettings } from './settings.ts';
import { constraintError, validationError } from './validation-error.ts';

const BODY_BYTES_MAX = 51_200;
const OBJECT_BYTES_MAX = 1_000_000;
const SHOWN_CHARACTERS = 100;

export interface TemplateSource {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
}

/**
 * The template's text from the body, from S3 or from the stack. Throws ValidationError.
 * Limits: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function templateText(
  world: World,
  settings: CloudFormationSettings,
  source: TemplateSource,
  previous?: string,
): string {
  const { TemplateBody: body, TemplateURL: url } = source;
  if (body !== undefined && url !== undefined) {
    throw validationError('Specify only one of TemplateBody or TemplateURL.');
  }
  if (source.UsePreviousTemplate === true && previous !== undefined) return previous;
  if (body !== undefined && body !== '') return checkedBody(body);
  if (url !== undefined) return objectAt(world, settings, url);
  throw validationError('Either Template URL or Template Body must be specified.');
}

function checkedBody(body: string): string {
  if (Buffer.byteLength(body) <= BODY_BYTES_MAX) return body;
  // AWS sends the whole body back; nobody reads that.
  const shown = `${body.slice(0, SHOWN_CHARACTERS)}…`;
  throw constraintError(shown, 'templateBody', `have length less than or equal to ${BODY_BYTES_MAX}`);
}

function objectAt(world: World, settings: CloudFormationSettings, url: string): string {
  if (!/^(https?|s3):\/\//.test(url)) throw validationError('TemplateURL must be a supported URL.');
  const text = settings.objectText?.(world, url);
  if (text === undefined) {
    throw validationError(
      'S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    );
  }
  if (Buffer.byteLength(text) <= OBJECT_BYTES_MAX) return text;
  throw validationError(`Template may not exceed ${OBJECT_BYTES_MAX} bytes in size.`);
}

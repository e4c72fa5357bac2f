import { isDeepStrictEqual } from 'node:util';
import type { Behaviour } from '../behaviour.ts';
import { resourceWith } from '../resources-of.ts';
import { putRecord } from '../stored-record.ts';
import { alreadyThere } from './refusals.ts';

export const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';

export const launchTemplate: Behaviour = {
  make: (making) => ({
    attributes: { LatestVersionNumber: '1', DefaultVersionNumber: '1' },
    properties: { LaunchTemplateName: making.name('LaunchTemplateName', { maxLength: 128 }) },
  }),
  /** A template's data never changes: what is changed is a version more. */
  changed(world, realm, before, after) {
    const [old, data] = [before, after].map(({ properties }) => properties['LaunchTemplateData']);
    if (isDeepStrictEqual(old, data)) return;
    const latest = String(Number(after.attributes['LatestVersionNumber']) + 1);
    putRecord(world, realm, { ...after, attributes: { ...after.attributes, LatestVersionNumber: latest } });
  },
  refuseCreate({ world, realm, text }) {
    const name = text('LaunchTemplateName');
    const other = resourceWith(
      ...([world, realm, LAUNCH_TEMPLATE] as const),
      ({ properties }) => name !== undefined && properties['LaunchTemplateName'] === name,
    );
    const code = 'InvalidLaunchTemplateName.AlreadyExistsException';
    return other && alreadyThere(code, 'Launch template name already in use.');
  },
};

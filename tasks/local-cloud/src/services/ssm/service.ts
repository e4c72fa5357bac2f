import type { RateLimit, Service } from '../../world.ts';
import { deleteParameter, deleteParameters } from './delete-parameters.ts';
import { describeParameters } from './describe-parameters.ts';
import { getParameterHistory, labelParameterVersion, unlabelParameterVersion } from './history.ts';
import { getParameter, getParameters, getParametersByPath } from './get-parameters.ts';
import { putParameter } from './put-parameter.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tags.ts';

/** Parameter Store; see SPEC.md beside this file. */
export const ssm: Service = {
  client: 'client-ssm',
  operations: {
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    DescribeParameters: describeParameters,
    PutParameter: putParameter,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
    GetParameterHistory: getParameterHistory,
    LabelParameterVersion: labelParameterVersion,
    UnlabelParameterVersion: unlabelParameterVersion,
    AddTagsToResource: addTagsToResource,
    RemoveTagsFromResource: removeTagsFromResource,
    ListTagsForResource: listTagsForResource,
  },
  limitOf: (operation) => (READS.has(operation) ? READ_LIMIT : undefined),
};

/** Share one bucket. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
const READS: ReadonlySet<string> = new Set(['GetParameter', 'GetParameters', 'GetParametersByPath']);
const READ_LIMIT: RateLimit = { bucket: 'ssm.get', burst: 40, perSecond: 40 };

import type { Service } from '../../world.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import * as own from './own-credentials.ts';

/** Who the caller is, and temporary credentials; see SPEC.md beside this file. */
export const sts: Service = {
  client: 'client-sts',
  operations: {
    GetCallerIdentity: own.getCallerIdentity,
    GetAccessKeyInfo: own.getAccessKeyInfo,
    GetSessionToken: own.getSessionToken,
    GetFederationToken: own.getFederationToken,
    AssumeRole: assumeRole,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  },
};

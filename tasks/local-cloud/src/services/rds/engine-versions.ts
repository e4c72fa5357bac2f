import type * as RDS from '@aws-sdk/client-rds';
import { ENGINES, familyOf } from '../../catalog/rds/engine.ts';
import type { World } from '../../world.ts';
import { rdsPage } from './rds-page.ts';

/** The newest minor version of every major one. */
export function describeEngineVersions(
  _world: World,
  input: RDS.DescribeDBEngineVersionsMessage,
): RDS.DBEngineVersionMessage {
  const { Engine, EngineVersion, DBParameterGroupFamily, DefaultOnly } = input;
  const all = ENGINES.flatMap(({ name, description, versions, majorOf }) =>
    versions.map((version) => ({
      Engine: name,
      EngineVersion: version,
      MajorEngineVersion: majorOf(version),
      DBParameterGroupFamily: familyOf(name, version),
      DBEngineDescription: description,
      DBEngineVersionDescription: `${description} ${version}`,
      Status: 'available',
      isDefault: version === versions.at(-1),
    })),
  ).filter(
    (one) =>
      (Engine === undefined || one.Engine === Engine) &&
      (EngineVersion === undefined ||
        one.EngineVersion === EngineVersion ||
        one.MajorEngineVersion === EngineVersion) &&
      (DBParameterGroupFamily === undefined || one.DBParameterGroupFamily === DBParameterGroupFamily) &&
      (DefaultOnly !== true || one.isDefault),
  );
  const { items, ...rest } = rdsPage(all, input);
  return { DBEngineVersions: items.map(({ isDefault: _isDefault, ...one }) => one), ...rest };
}

import { json } from './json.ts';
import type { ProtocolName } from './model.ts';
import type { Protocol } from './protocol.ts';
import { ec2Query, query } from './query.ts';
import { rest } from './rest.ts';

export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  awsQuery: query,
  ec2Query,
  awsJson1_0: json,
  awsJson1_1: json,
  restXml: rest,
  restJson1: rest,
};

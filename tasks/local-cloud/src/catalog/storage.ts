import type { Behaviours } from './behaviour.ts';

/** DynamoDB: where things are kept. */
export const storage: Behaviours = {
  'AWS::DynamoDB::Table': {
    make(making) {
      const name = making.name('TableName');
      const stream = `table/${name}/stream/${new Date(making.world.now).toISOString().slice(0, 23)}`;
      return { id: name, attributes: { StreamArn: making.arn('dynamodb', stream) } };
    },
    taken: (id) => `Table already exists: ${id}`,
  },
};

import type { Behaviours } from './behaviour.ts';

/** SNS, SQS, EventBridge, scaling and the like: small things with names of their own shape. */
export const messagesAndSchedules: Behaviours = {
  'AWS::SNS::Topic': {
    make(making) {
      const name = making.name('TopicName');
      const arn = making.arn('sns', name);
      return { id: arn, arn, attributes: { TopicArn: arn, TopicName: name } };
    },
  },
  'AWS::SNS::Subscription': {
    make(making) {
      const arn = `${making.text('TopicArn') ?? making.arn('sns', 'unknown')}:${making.world.uuid()}`;
      return { id: arn, arn, attributes: { Arn: arn } };
    },
  },
  'AWS::SQS::Queue': {
    make(making) {
      const name = making.name('QueueName');
      const url = `https://sqs.${making.realm.region}.amazonaws.com/${making.realm.account}/${name}`;
      const arn = making.arn('sqs', name);
      return { id: url, arn, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::Events::Rule': {
    make(making) {
      const name = making.name('Name');
      const bus = making.text('EventBusName');
      const arn = making.arn('events', bus === undefined ? `rule/${name}` : `rule/${bus}/${name}`);
      return {
        id: arn,
        ref: bus === undefined ? name : `${bus}|${name}`,
        arn,
        attributes: { Arn: arn, RuleName: name },
      };
    },
  },
  'AWS::CertificateManager::Certificate': {
    make(making) {
      const arn = making.arn('acm', `certificate/${making.world.uuid()}`);
      return { id: arn, arn };
    },
  },
};

import { ProblemError } from '@roundtrip/problem';

/** A mistake that is found while a template is evaluated; `what` is as CloudFormation words it. */
export function templateError(what: string): ProblemError {
  return new ProblemError({ code: 'template-error', what });
}

/** As CloudFormation lists them, whatever section it is about. */
const SUPPORTED =
  'Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, ' +
  'Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, ' +
  'Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr';

export function unsupportedFunction(name: string): ProblemError {
  return templateError(
    `Template error: Encountered unsupported function: ${name} Supported functions are: [${SUPPORTED}]`,
  );
}

/** Where commands go, and as whom. */
export interface AwsTarget {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
}

/** Nothing of the caller's own AWS settings gets in. */
export function awsEnvironment({ endpoint, region, account }: AwsTarget): NodeJS.ProcessEnv {
  const foreign = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)));
  return {
    ...env,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: region,
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_ENDPOINT_URL: endpoint,
    AWS_PAGER: '',
    // An address of numbers takes no word in front of it: `data-127.0.0.1`.
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  };
}

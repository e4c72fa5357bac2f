/** What a template may say to the local cloud, as Metadata `Roundtrip::LocalCloud` of a resource. AWS ignores it. */
export interface ResourceHints {
  readonly createSeconds?: number;
  readonly updateSeconds?: number;
  readonly deleteSeconds?: number;
  readonly failCreate?: string;
  readonly failUpdate?: string;
  readonly failDelete?: string;
  /** What the instances behind a resource with a CreationPolicy, or whoever has the handle, would signal. */
  readonly signal?: 'SUCCESS' | 'FAILURE';
}

const KEY = 'Roundtrip::LocalCloud';

export function resourceHints(metadata: Readonly<Record<string, unknown>> | undefined): ResourceHints {
  const hints = hintsIn(metadata);
  return {
    ...seconds('createSeconds', hints['CreateSeconds']),
    ...seconds('updateSeconds', hints['UpdateSeconds']),
    ...seconds('deleteSeconds', hints['DeleteSeconds']),
    ...text('failCreate', hints['FailCreate']),
    ...text('failUpdate', hints['FailUpdate']),
    ...text('failDelete', hints['FailDelete']),
    ...((hints['Signal'] === 'SUCCESS' || hints['Signal'] === 'FAILURE') && { signal: hints['Signal'] }),
  };
}

/** `StackOverheadSeconds` of the template's own Metadata: what CloudFormation adds to the time of the resources. */
export function stackOverheadSeconds(metadata: Readonly<Record<string, unknown>> | undefined): number | undefined {
  return seconds('value', hintsIn(metadata)['StackOverheadSeconds'])['value'];
}

/** What the function of a custom resource would answer; undefined where the template does not say. */
export function customAnswer(metadata: Readonly<Record<string, unknown>> | undefined): object | undefined {
  const { PhysicalResourceId, Attributes } = hintsIn(metadata);
  if (PhysicalResourceId === undefined && Attributes === undefined) return undefined;
  return {
    ...(PhysicalResourceId !== undefined && { PhysicalResourceId }),
    ...(Attributes !== undefined && { Attributes }),
  };
}

function hintsIn(metadata: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  const hints = metadata?.[KEY];
  return typeof hints === 'object' && hints !== null ? (hints as Record<string, unknown>) : {};
}

function seconds<Name extends string>(name: Name, value: unknown): { [key in Name]?: number } {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  return Number.isFinite(number) && number >= 0 ? ({ [name]: number } as { [key in Name]: number }) : {};
}

function text<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [key in Name]: string }) : {};
}

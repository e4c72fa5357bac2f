/** Written last, so that a cut that was interrupted is done again. */
export const STAMP_FILE = 'stamp.json';

export interface Stamp {
  /** What the files were cut from and by which rules; files of another version are cut again. */
  readonly version: string;
  /** Every resource type, sorted. */
  readonly names: readonly string[];
}

/** `AWS::EC2::VPC` → `AWS-EC2.json` */
export function fileOfService(resourceType: string): string {
  return `${resourceType.split('::').slice(0, 2).join('-')}.json`;
}

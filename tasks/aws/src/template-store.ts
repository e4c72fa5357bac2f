import { createHash } from 'node:crypto';
import type { AccountBucket } from './account-bucket.ts';
import type { ClientSettings } from './client-settings.ts';

/** A template as CreateStack and UpdateStack take it. Source: CloudFormation quotas, "Template body size". */
export type TemplateReference = { readonly TemplateBody: string } | { readonly TemplateURL: string };

export interface TemplateStore {
  /** The body itself up to 51,200 bytes; beyond that it is put into the account's bucket first. */
  reference(body: string): Promise<TemplateReference>;
}

const INLINE_BYTES_MAX = 51_200;

export function createTemplateStore(settings: ClientSettings, bucket: AccountBucket): TemplateStore {
  const put = async (key: string, body: string): Promise<void> => {
    const [{ PutObjectCommand }, opened] = await Promise.all([import('@aws-sdk/client-s3'), bucket.open()]);
    const input = { Bucket: opened.name, Key: key, Body: body, ExpectedBucketOwner: opened.account };
    await opened.use(() => opened.s3.send(new PutObjectCommand(input)));
  };
  const sent = new Map<string, Promise<void>>();
  return {
    async reference(body) {
      if (Buffer.byteLength(body) <= INLINE_BYTES_MAX) return { TemplateBody: body };
      const key = `templates/${createHash('sha256').update(body).digest('hex')}.yaml`;
      if (!sent.has(key)) sent.set(key, put(key, body));
      try {
        await sent.get(key);
      } catch (error) {
        // The next try sends it again.
        sent.delete(key);
        throw error;
      }
      return { TemplateURL: templateUrl(settings, bucket.name, key) };
    },
  };
}

function templateUrl(settings: ClientSettings, bucket: string, key: string): string {
  const base = settings.endpoint ?? process.env['AWS_ENDPOINT_URL'];
  if (base !== undefined) return `${base.replace(/\/$/, '')}/${bucket}/${key}`;
  return `https://${bucket}.s3.${settings.region}.amazonaws.com/${key}`;
}

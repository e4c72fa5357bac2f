import type { RateLimit } from '../world.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Token buckets as AWS's API throttling has them: each request takes a token, tokens come back at a steady rate up to the
 * burst. Kept in memory alone: a bucket is full again within seconds.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html
 */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  /**
   * @param owner account, region and service
   * @param now milliseconds of the cloud's clock
   * @returns false where the bucket is empty; nothing is taken then
   */
  take(owner: string, { bucket: name, burst, perSecond }: RateLimit, now: number): boolean {
    const key = `${owner}/${name}`;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  clear(): void {
    this.#buckets.clear();
  }
}

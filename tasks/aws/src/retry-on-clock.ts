/** The parts of the SDK's retry strategy that are filled in here. */
interface Token {
  getRetryCount(): number;
  getRetryDelay(): number;
  getRetryCost(): number | undefined;
}
interface RetriedError {
  readonly errorType: string;
  readonly error?: unknown;
}

const FIRST_MS = { THROTTLING: 500, other: 100 } as const;
const LARGEST_MS = 20_000;

/**
 * The SDK's standard retries without its timers: the wait takes place on the clock that is given, and it is not
 * drawn by chance, so that the same run on a virtual clock goes the same way again.
 */
export function retryOnClock(sleep: (ms: number) => Promise<void>, attemptsMax: number) {
  const token = (count: number): Token => ({
    getRetryCount: () => count,
    getRetryDelay: () => 0,
    getRetryCost: () => undefined,
  });
  return {
    acquireInitialRetryToken: async () => token(0),
    async refreshRetryTokenForRetry(before: Token, { errorType, error }: RetriedError): Promise<Token> {
      const count = before.getRetryCount() + 1;
      if (errorType === 'CLIENT_ERROR' || count >= attemptsMax) throw error;
      const firstMs = errorType === 'THROTTLING' ? FIRST_MS.THROTTLING : FIRST_MS.other;
      await sleep(Math.min(LARGEST_MS, firstMs * 2 ** (count - 1)));
      return token(count);
    },
    recordSuccess: () => undefined,
  };
}

import { Injectable } from '@nestjs/common';
import { circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, handleType, retry, wrap } from 'cockatiel';
import type { Product } from '#common';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { NotAProductError, OriginFailedError } from './origin.errors.js';
import { originProduct } from './origin-product.js';
import { productUrl } from './product-url.js';

const MAX_LENGTH = 64 * 1024;
const ATTEMPT_MS = 1000;
const RETRIES = 2;
/** After so many failures in a row the origin is left alone for a while. */
const FAILURES = 5;
const REST_MS = 2000;

/** Asks the origin for products: time-outs, retries with jitter and a circuit breaker by cockatiel. */
@Injectable()
export class OriginClient {
  private readonly policy = wrap(
    retry(handleType(OriginFailedError), {
      maxAttempts: RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: 50 }),
    }),
    circuitBreaker(handleType(OriginFailedError), {
      halfOpenAfter: REST_MS,
      breaker: new ConsecutiveBreaker(FAILURES),
    }),
  );

  constructor(@InjectConfig('productCache') private readonly config: ProductCacheConfig) {}

  /** Whether there is an origin. */
  get isConfigured(): boolean {
    return this.config.origin !== undefined;
  }

  /**
   * A product of the origin; undefined where it has none of that id.
   * @throws OriginFailedError, NotAProductError, BrokenCircuitError where it was left alone.
   */
  async fetch(productId: string): Promise<Product | undefined> {
    const { origin, currency } = this.config;
    const url = origin && productUrl(origin.template, productId);
    if (url === undefined) return undefined;
    const text = await this.policy.execute(async () => ask(url));
    return text === undefined ? undefined : originProduct(text, currency);
  }
}

/** One attempt: the text of the answer; undefined where there is no such product. */
async function ask(url: URL): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(ATTEMPT_MS);
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    if (response.ok) return await textOf(response);
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return undefined;
    if (response.status >= 500 || response.status === 429)
      throw new OriginFailedError(`It answered ${response.status}`);
    throw new NotAProductError(`It answered ${response.status}`);
  } catch (error) {
    if (error instanceof NotAProductError || error instanceof OriginFailedError) throw error;
    throw new OriginFailedError('It did not answer', { cause: error });
  }
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  let all = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    all += text;
    if (all.length > MAX_LENGTH) throw new NotAProductError(`It is longer than ${MAX_LENGTH} characters`);
  }
  return all;
}

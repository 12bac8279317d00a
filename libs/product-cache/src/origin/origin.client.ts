import { Injectable } from '@nestjs/common';
import { circuitBreaker, CircuitState, CountBreaker, ExponentialBackoff, handleType, retry } from 'cockatiel';
import { InjectConfig, type ProductCacheConfig } from '#config';
import { type Clock, type Product } from '#kernel';
import { InjectClock } from '#runtime';
import { BREAKER_STATES, breakerState, type BreakerState } from '../product-cache.metrics.js';
import { askOrigin } from './ask-origin.js';
import { OriginPause } from './origin-pause.js';
import { OriginProbe } from './origin-probe.js';
import { originProduct } from './origin-product.js';
import { OriginBusyError, OriginFailedError, OriginTimedOutError, ProductFailedError } from './origin.errors.js';
import { productUrl } from './product-url.js';

const RETRIES = 2;
/**
 * The circuit opens when more than half of the last 20 loads have failed, and never after fewer than 10 loads. The window
 * counts loads, not time: a cache rarely asks its origin, so a small shop would never reach a minimum rate per second.
 */
const FAILURE_RATE = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
const REST_MS = 2000;

/** Fetches products from the origin, with timeouts, retries with jitter and a circuit breaker (cockatiel). */
@Injectable()
export class OriginClient {
  private readonly pause: OriginPause;
  private readonly probe: OriginProbe;

  private readonly retries = retry(
    handleType(OriginFailedError, (error) => !(error instanceof OriginTimedOutError)),
    { maxAttempts: RETRIES, backoff: new ExponentialBackoff({ initialDelay: 50 }) },
  );

  private readonly breaker = circuitBreaker(handleType(OriginFailedError), {
    halfOpenAfter: REST_MS,
    breaker: new CountBreaker(FAILURE_RATE),
  });

  constructor(
    @InjectConfig('productCache') private readonly config: ProductCacheConfig,
    @InjectClock() clock: Clock,
  ) {
    this.pause = new OriginPause(clock);
    this.probe = new OriginProbe(async (url) => this.ask(url), clock);
    showState(this.breaker.state);
    this.breaker.onStateChange(showState);
  }

  /** Whether an origin is configured. */
  get isConfigured(): boolean {
    return this.config.origin !== undefined;
  }

  /** The rest of the pause that the origin asked for, in milliseconds; 0 or less if it may be asked. */
  get pauseMs(): number {
    return this.pause.leftMs;
  }

  /**
   * Fetches a product from the origin; undefined if it has none with that id.
   * @param isDoubtful whether the product's last load failed: then there are no retries.
   * @throws OriginFailedError, ProductFailedError, NotAProductError; OriginBusyError and BrokenCircuitError, which say nothing
   *   about the product.
   */
  async fetch(productId: string, isDoubtful: boolean): Promise<Product | undefined> {
    const { origin, currency } = this.config;
    const url = origin && productUrl(origin.template, productId);
    if (url === undefined) return undefined;
    const text = await this.breaker.execute(async () => this.askJudged(url, isDoubtful));
    if (text === undefined) return undefined;
    const product = await originProduct(text, currency);
    this.probe.succeeded(url);
    return product;
  }

  /** A failure of this product alone does not count against the origin. */
  private async askJudged(url: URL, isDoubtful: boolean): Promise<string | undefined> {
    try {
      return isDoubtful ? await this.ask(url) : await this.retries.execute(async () => this.ask(url));
    } catch (error) {
      if (error instanceof OriginFailedError && (await this.probe.isResponding()))
        throw new ProductFailedError(error.message, { cause: error });
      throw error;
    }
  }

  private async ask(url: URL): Promise<string | undefined> {
    try {
      return await askOrigin(url);
    } catch (error) {
      if (error instanceof OriginBusyError) this.pause.begin(error.retryAfter);
      throw error;
    }
  }
}

const NAMES: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
};

function showState(state: CircuitState): void {
  for (const name of BREAKER_STATES) breakerState.set({ state: name }, NAMES[state] === name ? 1 : 0);
}

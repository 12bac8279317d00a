import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { errors, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#kernel';
import { IdentityProviderUnavailableError } from '../auth.errors.js';
import { keyFetches } from '../auth.metrics.js';

/** How long keys are used before newer ones are fetched in the background. */
const MAX_AGE_MS = 600_000;
/** Minimum time between two fetches, whatever tokens arrive: clients choose the key ids in them. */
const PAUSE_MS = 30_000;
/** The same while there are no keys yet. */
const FIRST_PAUSE_MS = 1000;
/** How long a request waits for the keys. A later response is used for the next requests. */
const PATIENCE_MS = 700;

/**
 * The public keys of an identity provider. They are fetched at the start, when they are old, and when a token names an unknown
 * key. Known keys are kept while the provider is unavailable.
 */
export class ProviderKeys {
  private readonly logger = new Logger(ProviderKeys.name);
  private keys: JWTVerifyGetKey | undefined;
  private askedAt = -Infinity;
  private refreshedAt = -Infinity;
  private asking: Promise<void> | undefined;

  /** @param fetchKeys fetches the keys from the provider. */
  constructor(
    private readonly fetchKeys: () => Promise<JWTVerifyGetKey>,
    private readonly clock: Clock,
  ) {}

  /** The known keys; undefined if none were ever fetched. */
  get current(): JWTVerifyGetKey | undefined {
    return this.keys;
  }

  /**
   * The key to verify a token with.
   * @throws IdentityProviderUnavailableError if no keys were ever fetched; an error of jose if none fits.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.keys === undefined) await this.refresh(FIRST_PAUSE_MS);
    else if (this.clock.now() - this.refreshedAt > MAX_AGE_MS) void this.refresh(PAUSE_MS);
    const { keys } = this;
    if (keys === undefined) throw new IdentityProviderUnavailableError();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.refresh(PAUSE_MS);
      const newer = this.keys;
      if (newer === undefined || newer === keys) throw error;
      return await newer(header, token);
    }
  };

  /** Fetches newer keys, unless that was just done, and waits for a while. Never throws. */
  async refresh(pauseMs: number = PAUSE_MS): Promise<void> {
    if (this.asking === undefined && this.clock.now() - this.askedAt >= pauseMs) {
      this.askedAt = this.clock.now();
      this.asking = this.ask().finally(() => (this.asking = undefined));
    }
    if (this.asking === undefined) return;
    const waiting = new AbortController();
    await Promise.race([this.asking, delay(PATIENCE_MS, undefined, { signal: waiting.signal, ref: false })]);
    waiting.abort();
  }

  private async ask(): Promise<void> {
    try {
      this.keys = await this.fetchKeys();
      this.refreshedAt = this.clock.now();
      keyFetches.inc({ outcome: 'fetched' });
    } catch (error) {
      keyFetches.inc({ outcome: 'failed' });
      this.logger.warn({ message: "The identity provider's keys are currently unavailable", err: error });
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { errors, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#kernel';
import { IdentityProviderUnavailableError } from '../auth.errors.js';

/** How long keys are used before newer ones are asked for, without waiting for them. */
const MAX_AGE_MS = 600_000;
/** Between two questions, whatever tokens come: the ids of their keys are the callers' choice. */
const PAUSE_MS = 30_000;
/** The same while there are no keys yet. */
const FIRST_PAUSE_MS = 1000;
/** How long a request waits for a response, which is used for the next ones if it comes later. */
const PATIENCE_MS = 700;

/**
 * The public keys of an identity provider. They are asked for at the start, when they are old, and when a token names a key
 * that is not among them. Known keys are kept while the provider is away.
 */
export class ProviderKeys {
  private readonly logger = new Logger(ProviderKeys.name);
  private keys: JWTVerifyGetKey | undefined;
  private askedAt = -Infinity;
  private answeredAt = -Infinity;
  private asking: Promise<void> | undefined;

  /** @param fetchKeys gets the keys from the provider. */
  constructor(
    private readonly fetchKeys: () => Promise<JWTVerifyGetKey>,
    private readonly clock: Clock,
  ) {}

  /** The keys that are known; undefined if none were ever got. */
  get current(): JWTVerifyGetKey | undefined {
    return this.keys;
  }

  /**
   * The key that a token is to be verified with.
   * @throws IdentityProviderUnavailableError if no key was ever got; an error of jose if none fits.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.keys === undefined) await this.refresh(FIRST_PAUSE_MS);
    else if (this.clock.now() - this.answeredAt > MAX_AGE_MS) void this.refresh(PAUSE_MS);
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

  /** Asks for newer keys unless that was done just now, and waits for a while. Never throws. */
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
      this.answeredAt = this.clock.now();
    } catch (error) {
      this.logger.warn({ message: 'The keys of the identity provider are not to be had', err: error });
    }
  }
}

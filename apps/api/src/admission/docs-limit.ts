import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage } from '@nestjs/throttler';
import type { NextFunction, Request, Response } from 'express';
import { InjectConfig, type RateLimitConfig } from '#config';
import { clientNetwork } from '#http';
import { RedisUnavailableError } from '#redis';
import { AddressLimitExceededError, rateLimitRejections, RedisThrottlerStorage } from '#throttling';

/** Counts requests for the pages of /docs by client address, because they have no route that the guard could see. */
@Injectable()
export class DocsLimit {
  constructor(
    @InjectThrottlerStorage() private readonly storage: RedisThrottlerStorage,
    @InjectConfig('rateLimit') private readonly config: RateLimitConfig,
  ) {}

  /** @throws AddressLimitExceededError */
  async use(request: Request, _response: Response, next: NextFunction): Promise<void> {
    if (this.config.addressMax > 0) await this.count(clientNetwork(request));
    next();
  }

  /** The pages do not need Redis, so they are served even if it is unavailable. */
  private async count(network: string): Promise<void> {
    try {
      const verdict = await this.storage.admit({ network });
      if (verdict.code !== 'address_limit_exceeded') return;
      rateLimitRejections.inc({ limit: 'address' });
      throw new AddressLimitExceededError(this.config.addressMax, verdict.leftSeconds);
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
    }
  }
}

import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  seconds,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { RouteSetting } from '#common';
import { InjectConfig, type RateLimitConfig } from '#config';
import { NOT_COUNTED } from './not-counted.decorator.js';
import { RateLimitExceededError } from './rate-limit-exceeded.error.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/**
 * One budget for each user over all endpoints. Whoever calls a public endpoint is counted by address; the slash keeps
 * addresses apart from user ids, which cannot hold one.
 */
@Injectable()
export class UserThrottlerGuard extends ThrottlerGuard {
  private readonly windowMs: number;
  private readonly isNotCounted: RouteSetting<boolean>;

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly storage: RedisThrottlerStorage,
    @InjectConfig('rateLimit') private readonly config: RateLimitConfig,
    reflector: Reflector,
  ) {
    super(options, storage, reflector);
    this.windowMs = seconds(config.windowSeconds);
    this.isNotCounted = new RouteSetting(reflector, NOT_COUNTED);
  }

  /**
   * Counts the request. One whose session turns out to have ended is given back: whoever has stolen its token could
   * use up the user's budget otherwise.
   * @throws RateLimitExceededError, RedisUnavailableError and what `Caller.standing` rejects with
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<Request>();
    if (caller?.standing === undefined) return this.count(context);
    const [standing, counted] = await Promise.allSettled([caller.standing, this.count(context)]);
    if (standing.status === 'rejected') {
      await this.storage.giveBack(caller.userId);
      throw standing.reason;
    }
    if (counted.status === 'rejected') throw counted.reason;
    return counted.value;
  }

  /**
   * All routes have one budget, so what `ThrottlerGuard` does for many is left out: it hands the request through functions
   * that options may replace, and looks six times for decorators that change the budget of a route, which alone takes 4 µs.
   */
  private async count(context: ExecutionContext): Promise<boolean> {
    if (this.isNotCounted.of(context) === true) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const tracker = request.caller?.userId ?? `address/${await this.getTracker(request)}`;
    const { max } = this.config;
    const { totalHits, isBlocked, timeToExpire } = await this.storage.increment(tracker, this.windowMs, max);
    const response = http.getResponse<Response>();
    response.setHeader('X-RateLimit-Limit', max);
    response.setHeader('X-RateLimit-Remaining', Math.max(0, max - totalHits));
    response.setHeader('X-RateLimit-Reset', timeToExpire);
    if (isBlocked) throw new RateLimitExceededError(max, timeToExpire);
    return true;
  }
}

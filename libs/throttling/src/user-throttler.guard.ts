import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  seconds,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerRequest,
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
  private readonly budget: Omit<ThrottlerRequest, 'context'>;
  private readonly isNotCounted: RouteSetting<boolean>;

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly storage: RedisThrottlerStorage,
    @InjectConfig('rateLimit') { max, windowSeconds }: RateLimitConfig,
    reflector: Reflector,
  ) {
    super(options, storage, reflector);
    this.isNotCounted = new RouteSetting(reflector, NOT_COUNTED);
    const ttl = seconds(windowSeconds);
    this.budget = {
      limit: max,
      ttl,
      blockDuration: ttl,
      throttler: { name: 'default', limit: max, ttl },
      getTracker: async (_request, context) => this.getTracker(context.switchToHttp().getRequest<Request>()),
      generateKey: (_context, tracker) => tracker,
    };
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
   * All routes have the one budget of the module, so what `ThrottlerGuard.canActivate` does before this is left out: to look
   * six times for decorators that change the budget of a route takes 4 µs of each request.
   */
  private async count(context: ExecutionContext): Promise<boolean> {
    if (this.isNotCounted.of(context) === true) return true;
    return this.handleRequest({ ...this.budget, context });
  }

  protected override async getTracker(request: Request): Promise<string> {
    return request.caller?.userId ?? `address/${await super.getTracker(request)}`;
  }

  /** Not by Express's `header`, which looks for character sets. */
  protected override setResponseHeader(response: Response, name: string, value: string | number): void {
    response.setHeader(name, value);
  }

  /** @throws RateLimitExceededError */
  protected override throwThrottlingException(context: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const response = context.switchToHttp().getResponse<Response>();
    response.setHeader('X-RateLimit-Limit', detail.limit);
    response.setHeader('X-RateLimit-Remaining', 0);
    response.setHeader('X-RateLimit-Reset', detail.timeToExpire);
    throw new RateLimitExceededError(detail.limit, detail.timeToBlockExpire);
  }
}

import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { RateLimitExceededError } from './rate-limit-exceeded.error.js';
import { RedisThrottlerStorage } from './redis-throttler.storage.js';

/**
 * One budget for each user over all endpoints. Whoever calls a public endpoint is counted by address; the slash keeps
 * addresses apart from user ids, which cannot hold one.
 */
@Injectable()
export class UserThrottlerGuard extends ThrottlerGuard {
  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly storage: RedisThrottlerStorage,
    reflector: Reflector,
  ) {
    super(options, storage, reflector);
  }

  /**
   * Counts the request. One whose session turns out to have ended is given back: whoever has stolen its token could
   * use up the user's budget otherwise.
   * @throws RateLimitExceededError, RedisUnavailableError and what `Caller.standing` rejects with
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<Request>();
    if (caller?.standing === undefined) return super.canActivate(context);
    const [standing, counted] = await Promise.allSettled([caller.standing, super.canActivate(context)]);
    if (standing.status === 'rejected') {
      await this.storage.giveBack(caller.userId);
      throw standing.reason;
    }
    if (counted.status === 'rejected') throw counted.reason;
    return counted.value;
  }

  protected override async getTracker(request: Request): Promise<string> {
    return request.caller?.userId ?? `address/${await super.getTracker(request)}`;
  }

  protected override generateKey(_context: ExecutionContext, tracker: string): string {
    return tracker;
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

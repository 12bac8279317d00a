import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { authFailures, SessionRevokedError } from '#auth';
import { InjectConfig, type RateLimitConfig } from '#config';
import { clientNetwork, RouteSetting } from '#http';
import { isSessionId } from '#session';
import {
  AddressLimitExceededError,
  rateLimitRejections,
  RateLimitExceededError,
  RedisThrottlerStorage,
  SKIP_THROTTLE,
  type Admission,
  type Verdict,
} from '#throttling';
import { EndedSessions } from './ended-sessions.js';
import { ProxyHint } from './proxy-hint.js';

type Counted = Exclude<Verdict, { code: 'session_revoked' }>;

/**
 * The only place that admits requests: the token's session must be active, and neither the client's address nor the user may
 * have sent too many requests. One Redis lookup serves all three. A request without a token counts for its address instead of
 * its user; no user id contains a slash, so the two kinds of trackers cannot collide.
 */
@Injectable()
export class AdmissionGuard extends ThrottlerGuard {
  private readonly isSkipped: RouteSetting<boolean>;
  private readonly ended = new EndedSessions();

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() private readonly storage: RedisThrottlerStorage,
    @InjectConfig('rateLimit') private readonly config: RateLimitConfig,
    private readonly proxyHint: ProxyHint,
    reflector: Reflector,
  ) {
    super(options, storage, reflector);
    this.isSkipped = new RouteSetting(reflector, SKIP_THROTTLE);
  }

  /**
   * Skips what `ThrottlerGuard` does for limits of single routes, because all routes share one limit: it passes the request
   * through functions that options may replace, and looks for decorators six times. `@SkipThrottle()` still works here, and
   * `ThrottleCheck` rejects `@Throttle()` at the start.
   * @throws SessionRevokedError, AddressLimitExceededError, RateLimitExceededError, RedisUnavailableError
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    this.proxyHint.consider(request);
    const sessionId = request.caller?.sessionId;
    if (sessionId !== undefined && !this.mayBeActive(sessionId)) throw revoked();
    const isCounted = this.isSkipped.of(context) !== true;
    if (!isCounted && sessionId === undefined) return true;
    const verdict = await this.storage.admit(isCounted ? this.admissionOf(request) : { sessionId });
    if (verdict.code === 'session_revoked') throw this.remembered(sessionId);
    if (isCounted) this.showAndCheck(verdict, http.getResponse<Response>());
    return true;
  }

  /** Only text in the form of a session id may become part of a key. */
  private mayBeActive(sessionId: string): boolean {
    return isSessionId(sessionId) && !this.ended.has(sessionId);
  }

  private admissionOf(request: Request): Admission {
    const { caller } = request;
    const network = this.config.addressMax > 0 ? clientNetwork(request) : undefined;
    const tracker = caller?.userId ?? `address/${network ?? clientNetwork(request)}`;
    return { sessionId: caller?.sessionId, network, tracker };
  }

  /** @throws AddressLimitExceededError, RateLimitExceededError */
  private showAndCheck(verdict: Counted, response: Response): void {
    const { max, addressMax } = this.config;
    const { leftSeconds } = verdict;
    if (verdict.code === 'address_limit_exceeded') {
      showLimit(response, addressMax, 0, leftSeconds);
      rateLimitRejections.inc({ limit: 'address' });
      throw new AddressLimitExceededError(addressMax, leftSeconds);
    }
    showLimit(response, max, Math.max(0, max - verdict.hits), leftSeconds);
    if (verdict.hits <= max) return;
    rateLimitRejections.inc({ limit: 'user' });
    throw new RateLimitExceededError(max, leftSeconds);
  }

  private remembered(sessionId: string | undefined): SessionRevokedError {
    if (sessionId !== undefined) this.ended.add(sessionId);
    return revoked();
  }
}

function revoked(): SessionRevokedError {
  authFailures.inc({ code: 'session_revoked' });
  return new SessionRevokedError();
}

function showLimit(response: Response, limit: number, remaining: number, resetSeconds: number): void {
  response.setHeader('X-RateLimit-Limit', limit);
  response.setHeader('X-RateLimit-Remaining', remaining);
  response.setHeader('X-RateLimit-Reset', resetSeconds);
}

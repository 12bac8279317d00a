import type { Tokens } from '../tokens/tokens.js';
import { ConnectionError } from './connection-error.js';
import { isProblem } from './problem-error.js';
import { failureOf, readResponse, type ServiceResponse } from './read-response.js';
import { delayBefore, type RetryPolicy } from './retry-policy.js';
import { initOf } from './request-init.js';
import { IDEMPOTENCY_KEY, type ServiceRequest } from './service-request.js';
import { hasDoneNothing, isRejectedToken, isResponse, isTransient, retryAfterMsOf } from './transient.js';
import { wait } from './wait.js';
import { Watchdog } from './watchdog.js';

/** A request that failed and is about to be sent again. */
export interface Retry {
  /** How many attempts have failed so far. */
  readonly attempts: number;
  readonly delayMs: number;
  readonly error: unknown;
}

export interface HttpSettings {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  readonly retry: RetryPolicy;
  /** The time limit of one attempt, until its response has been read. */
  readonly timeoutMs: number;
  readonly onRetry: (retry: Retry) => void;
}

/** An attempt that may have been applied although it failed. */
interface UncertainAttempt {
  readonly token: string | undefined;
  readonly error: unknown;
}

/** Sends requests, and retries those that can safely be sent again: a write that may have been applied, only as the same user. */
export class Http {
  constructor(private readonly settings: HttpSettings) {}

  /**
   * @param tokens where the token comes from; undefined if the operation needs none.
   * @throws ProblemError, UnexpectedResponseError, ConnectionError, the reason of the request's signal, or a TypeError if no such
   * request can be sent.
   */
  async send<T>(request: ServiceRequest, tokens?: Tokens): Promise<ServiceResponse<T>> {
    const startedAt = performance.now();
    let wasRenewed = false;
    let uncertain: UncertainAttempt | undefined;
    for (let attempts = 1; ; attempts += 1) {
      const token = await tokens?.current();
      // The service knows a key only of the user who sent it first: it would apply the write to a second cart.
      if (request.method !== 'get' && uncertain?.token !== undefined && tokens?.isOfUser(uncertain.token) === false)
        throw new ConnectionError(attempts - 1, uncertain.error, request.headers[IDEMPOTENCY_KEY]);
      const init = initOf(request, token);
      try {
        return await this.attempt<T>(request, init);
      } catch (error) {
        request.signal?.throwIfAborted();
        if (uncertain !== undefined && isProblem(error, ...(request.doneIf ?? [])))
          return readResponse<T>(new Response(null, { status: 204 }));
        if (token !== undefined && !wasRenewed && isRejectedToken(error)) {
          wasRenewed = true;
          if ((await tokens?.renew(token)) === undefined) throw error;
        } else {
          await this.beforeRetry(error, request, attempts, startedAt);
          if (!hasDoneNothing(error)) uncertain = { token, error };
        }
      }
    }
  }

  /**
   * Makes one attempt, for a response that is read as a stream.
   * @param init of the request, by `initOf`.
   * @param signal ends the attempt and the reading.
   * @throws ProblemError, UnexpectedResponseError, or what `fetch` throws.
   */
  async open(request: ServiceRequest, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const response = await this.settings.fetch(this.settings.baseUrl + request.target, { ...init, signal });
    if (response.status >= 400 && response.status !== request.acceptedStatus) throw await failureOf(response);
    return response;
  }

  private async attempt<T>(request: ServiceRequest, init: RequestInit): Promise<ServiceResponse<T>> {
    const watchdog = new Watchdog(this.settings.timeoutMs, request.signal);
    try {
      return await readResponse<T>(await this.open(request, init, watchdog.signal));
    } finally {
      watchdog.end();
    }
  }

  /** @throws the error itself, or as a ConnectionError, if the request must not be sent again. */
  private async beforeRetry(
    error: unknown,
    request: ServiceRequest,
    attempts: number,
    startedAt: number,
  ): Promise<void> {
    const { retry, onRetry } = this.settings;
    const delayMs = delayBefore(retry, attempts, retryAfterMsOf(error));
    const isAllowed = hasDoneNothing(error) || (request.isRetryable && isTransient(error));
    const isInTime = performance.now() - startedAt + delayMs <= retry.maxElapsedMs;
    if (!isAllowed || !isInTime || attempts >= retry.maxAttempts)
      throw isResponse(error) ? error : new ConnectionError(attempts, error, request.headers[IDEMPOTENCY_KEY]);
    onRetry({ attempts, delayMs, error });
    await wait(delayMs, request.signal);
  }
}

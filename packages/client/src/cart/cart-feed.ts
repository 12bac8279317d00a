import type { Http } from '../http/http.js';
import { isProblem } from '../http/problem-error.js';
import { requireType } from '../http/read-response.js';
import { initOf } from '../http/request-init.js';
import { delayBefore } from '../http/retry-policy.js';
import { isRejectedToken, isTransient, retryAfterMsOf } from '../http/transient.js';
import { wait } from '../http/wait.js';
import { Watchdog } from '../http/watchdog.js';
import { CurrentUser } from '../tokens/current-user.js';
import type { Tokens } from '../tokens/tokens.js';
import { cartEventOf, type CartEvent } from './cart-event.js';
import { DEFAULT_SILENCE_MS, type FollowOptions } from './follow-options.js';
import { ServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

/** A connection that fails is opened again until the caller stops. */
const RECONNECT = { maxAttempts: Infinity, maxElapsedMs: Infinity, baseDelayMs: 1_000, maxDelayMs: 30_000 };

/** An event, and whose cart it is about. */
export interface UserEvent {
  readonly event: CartEvent;
  readonly user: CurrentUser;
}

/** Follows the changes of a cart, over as many connections as it takes. */
export class CartFeed {
  constructor(
    private readonly http: Http,
    private readonly tokens: Tokens,
    private readonly target = '/cart/events',
  ) {}

  /**
   * The events of the client's user. After a sign-in or sign-out it continues with those of the next user, from the beginning.
   * @throws ProblemError or UnexpectedResponseError for a permanent reason, such as an expired token that cannot be renewed.
   */
  async *follow(options: FollowOptions): AsyncGenerator<UserEvent, void> {
    let { lastEventId } = options;
    for (let changes = 0; !isAborted(options); changes += 1) {
      // At once after a change of users, but not without end if the storage keeps no token.
      if (changes > 1) await pause(changes, options);
      const user = new CurrentUser(this.tokens, options.signal);
      try {
        for await (const event of this.followUser(user, { ...options, lastEventId, signal: user.signal })) {
          changes = 0;
          yield { event, user };
        }
      } catch (error) {
        // The session has ended: what is next is a guest.
        if (!user.hasLeft() && !isProblem(error, 'invalid_refresh_token')) throw error;
      } finally {
        user.end();
      }
      lastEventId = undefined;
    }
  }

  private async *followUser(user: CurrentUser, options: FollowOptions): AsyncGenerator<CartEvent, void> {
    let { lastEventId } = options;
    for (let failures = 0; !isAborted(options);) {
      const messages = new ServerSentEvents();
      let retryAfterMs: number | undefined;
      try {
        options.onState?.('connecting');
        for await (const message of this.connection(user, messages, { ...options, lastEventId })) {
          failures = 0;
          lastEventId = message.id ?? lastEventId;
          const event = cartEventOf(message.event, message.data);
          if (event !== undefined) yield event;
        }
        retryAfterMs = messages.retryMs;
      } catch (error) {
        if (isAborted(options)) return;
        if (!isTransient(error)) throw error;
        retryAfterMs = retryAfterMsOf(error);
      }
      if (isAborted(options)) return;
      failures += 1;
      options.onState?.('waiting');
      await pause(failures, options, retryAfterMs);
    }
  }

  /** The messages of one connection, until the service ends it or its user leaves. */
  private async *connection(
    user: CurrentUser,
    messages: ServerSentEvents,
    { signal, lastEventId, silenceMs = DEFAULT_SILENCE_MS, onState }: FollowOptions,
  ): AsyncGenerator<ServerSentEvent, void> {
    const watchdog = new Watchdog(silenceMs, signal);
    try {
      const response = await this.open(user, lastEventId, watchdog.signal);
      requireType(response, 'text/event-stream');
      onState?.('connected');
      if (response.body === null) return;
      for await (const text of textOf(response.body)) {
        watchdog.touch();
        for (const message of messages.push(text)) {
          if (user.hasLeft()) return;
          yield message;
        }
        if (user.hasLeft()) return;
      }
    } finally {
      watchdog.end();
    }
  }

  private async open(user: CurrentUser, lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
    const headers = { accept: 'text/event-stream', ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    const request = { method: 'get', target: this.target, headers, isRetryable: true } as const;
    const token = await this.tokens.current();
    user.use(token);
    try {
      return await this.http.open(request, initOf(request, token), signal);
    } catch (error) {
      const fresh = token !== undefined && isRejectedToken(error) ? await this.tokens.renew(token) : undefined;
      if (fresh === undefined) throw error;
      user.use(fresh);
      return this.http.open(request, initOf(request, fresh), signal);
    }
  }
}

/** Before the next connection. Ends early if the caller stops or the user leaves. */
async function pause(failures: number, { signal }: FollowOptions, retryAfterMs?: number): Promise<void> {
  await wait(delayBefore(RECONNECT, failures, retryAfterMs), signal).catch(() => undefined);
}

/** Not all browsers can iterate over a stream. Leaving the loop closes the connection. */
async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function isAborted({ signal }: FollowOptions): boolean {
  return signal?.aborted === true;
}

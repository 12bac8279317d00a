import { Injectable, Logger, type MessageEvent } from '@nestjs/common';
import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  from,
  interval,
  map,
  merge,
  of,
  retry,
  takeUntil,
  tap,
  timer,
  type Observable,
} from 'rxjs';
import {
  CartHistory,
  type CartPosition,
  type EventId,
  LiveChanges,
  type News,
  type RecordedChange,
} from '#cart-events';
import { InjectConfig, type EventsConfig } from '#config';
import type { Caller, Clock } from '#kernel';
import { RedisUnavailableError } from '#redis';
import { InjectClock } from '#runtime';
import { changeMessage, HEARTBEAT, resumedMessage, syncMessage } from './cart-events.view.js';
import { StreamEnd } from './stream-end.service.js';
import { openStreams, streamLag } from './stream.metrics.js';
import { StreamPlaces, type StreamPlace } from './stream-places.store.js';

/** Characters that may be buffered for a client that does not read. Beyond this limit it is disconnected and may reconnect. */
export const MAX_WAITING_LENGTH = 256 * 1024;

/** Wait before the position of a cart is read from Redis again after a failure. */
const RETRY_DELAY_MS = 200;

/** The streams of changes to users' own carts. */
@Injectable()
export class CartEvents {
  private readonly logger = new Logger(CartEvents.name);

  constructor(
    private readonly places: StreamPlaces,
    private readonly live: LiveChanges,
    private readonly history: CartHistory,
    private readonly end: StreamEnd,
    @InjectConfig('events') private readonly config: EventsConfig,
    @InjectClock() private readonly clock: Clock,
  ) {}

  /**
   * Opens a stream: first the changes since the event `last` or, if `last` is missing or unknown, the cart's current life and
   * version; then each change.
   * @param userId whose cart it follows. It counts as a stream of the caller.
   * @param over aborts when the stream has ended or was never started, so that its resources are released.
   * @throws TooManyStreamsError, ForeignDataError, RedisUnavailableError
   */
  async open(
    caller: Caller,
    userId: string,
    last: EventId | undefined,
    over: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    const place = await this.places.take(caller.userId);
    openStreams.inc();
    onAbort(over, () => {
      openStreams.dec();
      this.places.leave(place);
    });
    // Listen before reading the history, so that no change is lost in between.
    const { news, stop } = await this.live.listen(userId);
    onAbort(over, stop);
    const position = await this.history.position(userId);
    const opening = await this.opening(userId, position, last);
    return concat(from(opening), merge(this.follow(userId, position, news), this.heartbeats(place))).pipe(
      catchError((error: unknown) => {
        this.logger.debug({ message: 'A stream cannot go on: its client has to come back', err: error });
        return EMPTY;
      }),
      takeUntil(this.end.of(caller)),
    );
  }

  private async opening(userId: string, position: CartPosition, last: EventId | undefined): Promise<MessageEvent[]> {
    if (last === undefined) return [syncMessage(position)];
    const missed = await this.history.between(userId, last, position);
    return missed === undefined ? [syncMessage(position)] : [resumedMessage(last), ...missed.map(changeMessage)];
  }

  /**
   * The changes after `start`. Versions restart when a cart has expired, but the times of a cart's changes only grow: by their
   * time, changes that the client already has, or that arrive late, are dropped.
   */
  private follow(userId: string, start: CartPosition, news: Observable<News>): Observable<MessageEvent> {
    let seen = start.updatedAt;
    const toMessages = (step: RecordedChange | CartPosition): MessageEvent[] => {
      if ('updatedAt' in step) {
        seen = step.updatedAt;
        return [syncMessage(step)];
      }
      if (step.at <= seen) return [];
      seen = step.at;
      streamLag.observe(Math.max(0, this.clock.now() - step.at) / 1000);
      return [changeMessage(step)];
    };
    return news.pipe(
      concatMap((each) => (each === 'interrupted' ? this.positionOnceAnswered(userId) : of(each))),
      concatMap(toMessages),
    );
  }

  /** Retries, because the subscriber connection may be back before the one for commands. */
  private positionOnceAnswered(userId: string): Observable<CartPosition> {
    return defer(async () => this.history.position(userId)).pipe(
      retry({
        delay: (error: unknown) => {
          if (error instanceof RedisUnavailableError) return timer(RETRY_DELAY_MS);
          throw error;
        },
      }),
    );
  }

  private heartbeats(place: StreamPlace): Observable<MessageEvent> {
    return interval(this.config.heartbeatSeconds * 1000).pipe(
      tap(() => {
        this.places.keep(place);
      }),
      map(() => HEARTBEAT),
    );
  }
}

function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

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
import type { Caller } from '#kernel';
import { RedisUnavailableError } from '#redis';
import { changeMessage, HEARTBEAT, resumedMessage, syncMessage } from './cart-events.view.js';
import { StreamEnd } from './stream-end.service.js';
import { StreamPlaces, type StreamPlace } from './stream-places.store.js';

/** Characters that may wait for a client that does not read; beyond them it is cut off and may come back. */
export const MAX_WAITING_LENGTH = 256 * 1024;

/** How long after a rejection Redis is asked again where a cart stands. */
const RETRY_DELAY_MS = 200;

/** The streams of users' own changes. */
@Injectable()
export class CartEvents {
  private readonly logger = new Logger(CartEvents.name);

  constructor(
    private readonly places: StreamPlaces,
    private readonly live: LiveChanges,
    private readonly history: CartHistory,
    private readonly end: StreamEnd,
    @InjectConfig('events') private readonly config: EventsConfig,
  ) {}

  /**
   * Opens a stream: first what the caller missed since the event `last` or, if that is not known, the life and version
   * that the cart has; then each change.
   * @param over tells that the stream has ended or was never begun: nothing of it is kept then.
   * @throws TooManyStreamsError, ForeignDataError, RedisUnavailableError
   */
  async open(caller: Caller, last: EventId | undefined, over: AbortSignal): Promise<Observable<MessageEvent>> {
    const { userId } = caller;
    const place = await this.places.take(userId);
    onAbort(over, () => {
      this.places.leave(place);
    });
    // Before the history is read, so that no change falls between the two.
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
   * What comes after `start`. A cart's changes have times that only grow, its versions begin anew if it expired: so
   * it is by their time that changes are told apart from those that the client has, or that come too late.
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
      return [changeMessage(step)];
    };
    return news.pipe(
      concatMap((each) => (each === 'interrupted' ? this.positionOnceAnswered(userId) : of(each))),
      concatMap(toMessages),
    );
  }

  /** The connection that listens may be back before the one that asks. */
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

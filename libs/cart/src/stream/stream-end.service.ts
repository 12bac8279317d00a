import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { exhaustMap, filter, interval, merge, NEVER, ReplaySubject, timer, type Observable } from 'rxjs';
import { InjectSessionVerifier, type SessionVerifier } from '#auth';
import { InjectConfig, type EventsConfig } from '#config';
import type { Caller, Clock } from '#kernel';
import { InjectClock } from '#runtime';

/** The longest delay of a timer, about 24 days. A stream with a later expiry ends then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Ends streams when the token is no longer valid, or when the instance shuts down. */
@Injectable()
export class StreamEnd implements OnModuleDestroy {
  private readonly shutdown = new ReplaySubject<true>(1);

  constructor(
    @InjectSessionVerifier() private readonly sessions: SessionVerifier,
    @InjectClock() private readonly clock: Clock,
    @InjectConfig('events') private readonly config: EventsConfig,
  ) {}

  /** Emits when the caller's stream has to end. */
  of({ expiresAt, sessionId }: Caller): Observable<unknown> {
    return merge(this.shutdown, this.expiry(expiresAt), sessionId === undefined ? NEVER : this.revocation(sessionId));
  }

  /** Lets the ends of streams be sent before the HTTP server waits for its connections or closes idle ones. */
  async onModuleDestroy(): Promise<void> {
    this.shutdown.next(true);
    await turn();
  }

  private expiry(expiresAt: number): Observable<unknown> {
    return timer(Math.min(expiresAt * 1000 - this.clock.now(), LONGEST_TIMER_MS));
  }

  /** If the session check fails, the session counts as active: new requests are rejected until Redis is back. */
  private revocation(sessionId: string): Observable<unknown> {
    return interval(this.config.heartbeatSeconds * 1000).pipe(
      exhaustMap(async () => this.sessions.isActive(sessionId).catch(() => true)),
      filter((isActive) => !isActive),
    );
  }
}

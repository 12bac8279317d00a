/** Whether the feed is connected. A page can show it. */
export type FeedState = 'connecting' | 'connected' | 'waiting';

export interface FollowOptions {
  /** Ends the feed, even while it waits: the loop over it ends without an error. */
  readonly signal?: AbortSignal | undefined;
  /** `id` of an earlier event: changes since then come first. */
  readonly lastEventId?: string | undefined;
  /** Milliseconds of silence after which a connection is replaced. By default the service sends something every 15 s. */
  readonly silenceMs?: number | undefined;
  readonly onState?: ((state: FeedState) => void) | undefined;
}

export const DEFAULT_SILENCE_MS = 45_000;

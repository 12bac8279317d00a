/** How scripts and failures are named, so that spans of commands have the names of the metrics. */
export interface RedisNames {
  /** Returns the name of a Lua script by its digest or its text. */
  readonly scriptNameOf: (digestOrText: string) => string | undefined;
  /** Returns the kind of a failed command. */
  readonly errorTypeOf: (error: Error) => string;
}

/** Tracing that has begun. */
export interface Tracing {
  /** Exports the spans that wait, for as long as two seconds. To be called when the last request is over. */
  stop(): Promise<void>;
}

/** Returns the name of a Lua script by its digest or its text. */
export type NameOfScript = (digestOrText: string) => string | undefined;

/** Tracing that has begun. */
export interface Tracing {
  /** Exports the spans that wait, for as long as two seconds. To be called when the last request is over. */
  stop(): Promise<void>;
}

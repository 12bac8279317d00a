declare module 'http' {
  interface IncomingMessage {
    /** Undefined if the request is not counted, as probes are not. */
    slot?: Slot;
  }
}

/** The place of a request among those that the service works on at once. */
export interface Slot {
  /** Gives the place to the next request, while this one needs nothing of the service. */
  release(): void;
  /** Takes a place again, even if none is free. */
  retake(): void;
}

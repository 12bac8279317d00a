declare module 'http' {
  interface IncomingMessage {
    /** undefined if the request is not counted, as probes are not. */
    slot?: Slot;
  }
}

/** The slot of a request among those that the service processes at once. */
export interface Slot {
  /** Passes the slot to the next request while this one only waits. */
  release(): void;
  /** Takes a slot again, even if none is free. */
  retake(): void;
}

/** What was seen of one fault. Times are in seconds since the fault began. */
export interface Observation {
  readonly fault: string;
  /** When each alert first fired. */
  readonly fired: ReadonlyMap<string, number>;
  /** When a page or ticket was first sent for an alert. */
  readonly pages: ReadonlyMap<string, number>;
  readonly tickets: ReadonlyMap<string, number>;
  /** Seconds from the end of the fault until its alert no longer fired; undefined if it still did. */
  readonly endedAfter: number | undefined;
}

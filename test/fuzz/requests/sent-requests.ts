import type { Person } from '../people/person.js';
import type { OutgoingRequest } from './outgoing-request.js';

const KEPT = 200;

/** A request and who sends it. */
export interface Sending {
  readonly person: Person;
  readonly request: OutgoingRequest;
}

/** The latest requests, for those that a client sends again: because it got no response, or another tab does the same. */
export class SentRequests {
  private readonly latest: Sending[] = [];

  add(sending: Sending): void {
    this.latest.unshift(sending);
    this.latest.length = Math.min(this.latest.length, KEPT);
  }

  /** One that was sent before, in turn from the newest; undefined if there is none. */
  find(index: number): Sending | undefined {
    return this.latest[index % Math.max(1, this.latest.length)];
  }
}

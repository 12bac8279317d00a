import type { Person } from '../people/person.js';
import type { OutgoingRequest } from './outgoing-request.js';

const KEPT = 200;

/** A request and its sender. */
export interface Sending {
  readonly person: Person;
  readonly request: OutgoingRequest;
}

/** The latest requests, to be sent again, as a client does that got no response or has a second tab. */
export class SentRequests {
  private readonly latest: Sending[] = [];

  add(sending: Sending): void {
    this.latest.unshift(sending);
    this.latest.length = Math.min(this.latest.length, KEPT);
  }

  /** An earlier request, counted from the newest; undefined if there is none. */
  find(index: number): Sending | undefined {
    return this.latest[index % Math.max(1, this.latest.length)];
  }
}

import type { Expected, ModelCheckout } from './model-world.js';

/** The users and the guest of one run, and what they have done that later steps refer to. */
export interface ModelCast {
  /** Two users and a guest. */
  readonly userIds: readonly [string, string, string];
  readonly guestToken: string;
  /** Makes the run's product ids its own: the product cache is all runs' */
  readonly prefix: string;
  /** All that were ever created, by whomever. */
  readonly checkouts: ModelCheckout[];
}

/** A step as a request, with what the model makes of it. */
export interface ModelRequest {
  readonly userId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** A role that it takes, which none of the run's users has. */
  readonly role?: string;
  /** Whether it takes `Idempotency-Key` and `If-Match`. */
  readonly isConditional: boolean;
  /** Carries it out in the model. */
  carryOut(): Expected;
  /** Takes over from the answer what the model cannot know. */
  learn?(answer: unknown): void;
}

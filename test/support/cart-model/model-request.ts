import type { ModelCheckout } from './model-checkouts.js';
import type { Expected } from './model-world.js';

/** The users and the guest of one run, and their checkouts, which later steps refer to. */
export interface ModelCast {
  /** Two users and a guest. */
  readonly userIds: readonly [string, string, string];
  readonly guestToken: string;
  /** Makes the run's product ids its own: the product cache is all runs' */
  readonly prefix: string;
  /** All checkouts created so far, by any user. */
  readonly checkouts: ModelCheckout[];
}

/** A step as a request, with its effect on the model. */
export interface ModelRequest {
  readonly userId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** The role that it requires, which none of the run's users has. */
  readonly role?: string;
  /** Whether it accepts `Idempotency-Key` and `If-Match`. */
  readonly isConditional: boolean;
  /** Applies it to the model. */
  carryOut(): Expected;
  /** Copies from the response what the model cannot know. */
  learn?(answer: unknown): void;
}

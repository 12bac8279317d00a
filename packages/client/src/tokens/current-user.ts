import type { Tokens } from './tokens.js';

/**
 * The user of the token in use. They leave when the client's tokens become another user's: someone has signed in or out, here or
 * in another tab. Call `end` when it is over.
 */
export class CurrentUser {
  private readonly controller = new AbortController();
  private readonly stopListening: () => void;
  private token: string | undefined;
  private isGone = false;

  /** @param caller also aborts `signal`. */
  constructor(
    private readonly tokens: Tokens,
    private readonly caller?: AbortSignal,
  ) {
    this.stopListening = tokens.onChange(() => this.hasLeft());
    if (caller?.aborted === true) this.stop();
    caller?.addEventListener('abort', this.stop);
  }

  /** Aborted when the user leaves. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The next connection has this token. */
  use(token: string | undefined): void {
    this.token = token;
    this.hasLeft();
  }

  /** Not all changes are announced, so look again from time to time. */
  hasLeft(): boolean {
    if (!this.isGone && this.token !== undefined && !this.tokens.isOfUser(this.token)) {
      this.isGone = true;
      this.controller.abort(new DOMException('Someone has signed in or out.', 'AbortError'));
    }
    return this.isGone;
  }

  end(): void {
    this.stopListening();
    this.caller?.removeEventListener('abort', this.stop);
  }

  private readonly stop = (): void => {
    this.controller.abort(this.caller?.reason);
  };
}

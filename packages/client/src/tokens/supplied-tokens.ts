import { exclusively } from './exclusively.js';
import type { Tokens } from './tokens.js';

/**
 * Provides the token of each request, such as an identity provider's own library.
 *
 * @param rejected a token that the service no longer accepts: get another one. Undefined otherwise.
 */
export type TokenSupplier = (rejected?: string) => string | Promise<string>;

interface Replacement {
  readonly rejected: string;
  readonly token: string;
}

/** Tokens that the caller supplies. However many requests wait for another one, it is requested once, and by one tab at a time. */
export class SuppliedTokens implements Tokens {
  private renewal: Promise<Replacement> | undefined;
  private latest: Replacement | undefined;

  constructor(
    private readonly supply: TokenSupplier,
    private readonly lock: string,
  ) {}

  async current(): Promise<string> {
    const token = this.renewal === undefined ? await this.supply() : (await this.renewal).token;
    return token === this.latest?.rejected ? this.latest.token : token;
  }

  /** The rejection of an earlier request may arrive after the renewal. */
  async renew(rejected: string): Promise<string | undefined> {
    if (rejected !== this.latest?.rejected) {
      this.renewal ??= this.replace(rejected).finally(() => {
        this.renewal = undefined;
      });
      this.latest = await this.renewal;
    }
    return this.latest.token === rejected ? undefined : this.latest.token;
  }

  /** The supplier decides which user they belong to. */
  isOfUser(): boolean {
    return true;
  }

  onChange(): () => void {
    return () => undefined;
  }

  private async replace(rejected: string): Promise<Replacement> {
    return exclusively(this.lock, async () => ({ rejected, token: await this.supply(rejected) }));
  }
}

import type { AnnouncedWrites } from './announced-writes.js';
import type { CredentialStore } from './credential-store.js';
import { isUsable, type Credentials } from './credentials.js';
import { exclusively } from './exclusively.js';
import type { Tokens } from './tokens.js';
import { userOf } from './user-of.js';

/**
 * Gets new credentials in place of those that are no longer valid.
 *
 * @param old undefined if there are none.
 * @returns undefined if no others are available.
 */
export type Obtain = (old: Credentials | undefined) => Promise<Credentials | undefined>;

/** Tokens from a store that tabs share. However many requests and tabs wait for a new one, it is requested once. */
export class KeptTokens implements Tokens {
  private renewal: Promise<string | undefined> | undefined;

  constructor(
    private readonly store: CredentialStore,
    private readonly obtain: Obtain,
    private readonly writes?: AnnouncedWrites,
  ) {}

  /** What is known now, valid or not. */
  get credentials(): Credentials | undefined {
    return this.store.load();
  }

  async current(): Promise<string | undefined> {
    const known = this.credentials;
    return known !== undefined && isUsable(known) ? known.accessToken : this.renew(known?.accessToken);
  }

  async renew(rejected: string | undefined): Promise<string | undefined> {
    this.renewal ??= this.replace(async (known) => {
      const isNewer = known !== undefined && known.accessToken !== rejected && isUsable(known);
      return isNewer ? known : this.obtain(known);
    }).finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  /**
   * Replaces the credentials while no other request or tab does so. The task must not wait for a token.
   * @returns the new access token. Without new credentials the old ones are kept.
   */
  async replace(task: Obtain): Promise<string | undefined> {
    return exclusively(this.store.key, async () => {
      await this.writes?.arrive();
      const fresh = await task(this.credentials);
      if (fresh === undefined) return undefined;
      this.store.save(fresh);
      await this.writes?.announce();
      return fresh.accessToken;
    });
  }

  isOfUser(token: string): boolean {
    const known = this.credentials;
    return known !== undefined && userOf(known.accessToken) === userOf(token);
  }

  onChange(listener: () => void): () => void {
    return this.store.onChange(listener);
  }

  forget(): void {
    this.store.clear();
  }
}

/** Provides the bearer token of each request. */
export interface Tokens {
  /** A token that is valid as far as the client knows, for any number of requests. Undefined if there is none. */
  current(): Promise<string | undefined>;
  /** Another token, because the service rejected this one. Undefined if there is none: the request then fails. */
  renew(rejected: string): Promise<string | undefined>;
  /** Whether the tokens still are those of the user of this one. */
  isOfUser(token: string): boolean;
  /**
   * Calls back when they may have become another user's.
   * @returns ends it.
   */
  onChange(listener: () => void): () => void;
}

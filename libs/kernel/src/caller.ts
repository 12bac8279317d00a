/** The client that makes a request, from the verified token. */
export interface Caller {
  readonly userId: string;
  readonly roles: readonly string[];
  /** Whether it is someone who has not signed in. */
  readonly guest: boolean;
  /** When the token expires, in seconds since the Unix epoch. */
  readonly expiresAt: number;
  /** The session that the token is bound to, if any. */
  readonly sessionId: string | undefined;
  /** Who acts for the user, if it is not the user (`act.sub`, RFC 8693). */
  readonly actor: string | undefined;
}

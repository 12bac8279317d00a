/** Who makes a request, as the verified token says. */
export interface Caller {
  readonly userId: string;
  readonly roles: readonly string[];
  /** Whether it is someone who has not signed in. */
  readonly guest: boolean;
  /** When the token expires, in seconds since the Unix epoch. */
  readonly expiresAt: number;
  /** The session that the token is bound to, if any. */
  readonly sessionId: string | undefined;
}

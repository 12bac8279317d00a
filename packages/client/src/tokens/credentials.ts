/** The tokens of the person who uses the client. */
export interface Credentials {
  readonly accessToken: string;
  /** Milliseconds since the Unix epoch, by this machine's clock; undefined if it is not known. */
  readonly expiresAt?: number;
  /** Undefined for guests, and for tokens of an identity provider. */
  readonly refreshToken?: string;
  readonly isGuest: boolean;
  /** Of a guest who has signed in, until the guest's cart has been merged. */
  readonly guestToken?: string | undefined;
}

/** A token is replaced before it expires, so that it is still valid when its request arrives. */
const MARGIN_MS = 10_000;

export function isUsable({ expiresAt }: Credentials, now = Date.now()): boolean {
  return expiresAt === undefined || now < expiresAt - MARGIN_MS;
}

/** @param expiresInSeconds `expires_in` of the service's response. */
export function expiryOf(expiresInSeconds: number, now = Date.now()): number {
  return now + expiresInSeconds * 1000;
}

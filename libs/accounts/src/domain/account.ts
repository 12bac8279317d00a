import { createHash, randomBytes } from 'node:crypto';

/** Someone who can sign in here. */
export interface Account {
  readonly userId: string;
  readonly passwordHash: string;
  /** The digest of the address. Missing in accounts of an earlier build until their next sign-in. */
  readonly emailDigest?: string | undefined;
}

/** 128 random bits. The id is an ordinary user id. */
export function newUserId(): string {
  return `acct_${randomBytes(16).toString('base64url')}`;
}

/** Normalizes an address for comparison: without surrounding blanks, in lower case, composed (Unicode NFC). */
export function normalizedEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** The digest of an address in key names, so that addresses are not visible in Redis. */
export function emailDigest(email: string): string {
  return createHash('sha256').update(normalizedEmail(email)).digest('base64url');
}

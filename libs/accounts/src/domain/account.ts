import { createHash, randomBytes } from 'node:crypto';

/** Somebody who can sign in here. */
export interface Account {
  readonly userId: string;
  readonly passwordHash: string;
}

/** 128 random bits; a user's id like every other. */
export function newUserId(): string {
  return `acct_${randomBytes(16).toString('base64url')}`;
}

/** An address as it is compared: without blanks around it, in small letters, composed (Unicode NFC). */
export function normalizedEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

/** What stands for an address in names of keys: addresses are no one's business who looks through Redis. */
export function emailDigest(email: string): string {
  return createHash('sha256').update(normalizedEmail(email)).digest('base64url');
}

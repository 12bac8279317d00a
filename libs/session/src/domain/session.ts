import { randomBytes } from 'node:crypto';

const ID_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{43}$/;

/** Any JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A user's session. Times are Unix seconds. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastActivity: number;
  readonly expiresAt: number;
  readonly preferences: JsonObject;
  readonly data: JsonObject;
  readonly userAgent: string | null;
}

/** 256 random bits, base64url. */
export function newSessionId(): string {
  return randomBytes(ID_BYTES).toString('base64url');
}

/** Whether `id` has the form of a session's id; no other text becomes part of a key. */
export function isSessionId(id: string): boolean {
  return ID.test(id);
}

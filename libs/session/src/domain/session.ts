import { randomBytes } from 'node:crypto';
import type { JsonObject } from './json-object.js';

const ID_BYTES = 32;
export const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;

/** A user's session. Times are in Unix seconds. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastActivity: number;
  readonly expiresAt: number;
  readonly preferences: JsonObject;
  readonly data: JsonObject;
  readonly userAgent: string | null;
  /** The address from which the session was created. */
  readonly ip: string | null;
}

/** 256 random bits, base64url. */
export function newSessionId(): string {
  return randomBytes(ID_BYTES).toString('base64url');
}

/** Whether `id` has the form of a session id. No other text may become part of a key. */
export function isSessionId(id: string): boolean {
  return SESSION_ID.test(id);
}

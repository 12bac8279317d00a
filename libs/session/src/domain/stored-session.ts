import * as z from 'zod';
import type { Session } from './session.js';

const jsonObject = z.record(z.string(), z.unknown());

const storedSession = z.object({
  last_activity: z.number(),
  user_id: z.string(),
  created_at: z.number(),
  preferences: jsonObject,
  data: jsonObject,
  user_agent: z.string().nullable(),
  ip: z.string().nullable().default(null),
});

/** The text of a session in Redis. The scripts rely on its first three fields and their order. */
export function sessionText(session: Session): string {
  return JSON.stringify({
    last_activity: session.lastActivity,
    user_id: session.userId,
    created_at: session.createdAt,
    preferences: session.preferences,
    data: session.data,
    user_agent: session.userAgent,
    ip: session.ip,
  });
}

/** Parses what `sessionText` wrote; undefined for anything else. */
export function parseSession(id: string, text: string, expiresAt: number): Session | undefined {
  const stored = storedSession.safeParse(valueOf(text)).data;
  if (stored === undefined) return undefined;
  return {
    id,
    userId: stored.user_id,
    createdAt: stored.created_at,
    lastActivity: stored.last_activity,
    expiresAt,
    preferences: stored.preferences,
    data: stored.data,
    userAgent: stored.user_agent,
    ip: stored.ip,
  };
}

function valueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

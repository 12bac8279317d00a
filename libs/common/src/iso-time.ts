/** The last moment that a `Date` can hold, in milliseconds since the Unix epoch. */
export const LATEST_TIME = 8.64e15;

/** Milliseconds since the Unix epoch as an ISO 8601 time in UTC; null stays null. */
export function isoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

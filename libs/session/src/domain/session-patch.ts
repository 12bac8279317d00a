import { ValidationFailedError, type FieldError } from '#kernel';
import { isWithinLimit, MAX_JSON_BYTES, mergePatch, type JsonObject } from './json-object.js';
import type { Session } from './session.js';

/** Merge patches for both objects; null empties one. */
export interface SessionPatch {
  readonly preferences?: JsonObject | null | undefined;
  readonly data?: JsonObject | null | undefined;
}

/**
 * Returns a session with a patch applied.
 * @throws ValidationFailedError if an object would be too large.
 */
export function patched(session: Session, patch: SessionPatch): Session {
  const merged = {
    preferences: mergedObject(session.preferences, patch.preferences),
    data: mergedObject(session.data, patch.data),
  };
  const tooLarge: FieldError[] = Object.entries(merged)
    .filter(([, object]) => !isWithinLimit(object))
    .map(([field]) => ({ field, message: `must be at most ${MAX_JSON_BYTES} bytes of JSON once it is merged` }));
  if (tooLarge.length > 0) throw new ValidationFailedError(tooLarge);
  return { ...session, ...merged };
}

function mergedObject(target: JsonObject, patch: JsonObject | null | undefined): JsonObject {
  return patch === null ? {} : mergePatch(target, patch ?? {});
}

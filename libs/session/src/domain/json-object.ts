/** The maximum JSON size of `preferences` and of `data`. */
export const MAX_JSON_BYTES = 8 * 1024;

/** Any JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isWithinLimit(value: JsonObject): boolean {
  return Buffer.byteLength(JSON.stringify(value)) <= MAX_JSON_BYTES;
}

/**
 * Applies a JSON Merge Patch (RFC 7396, section 2): null removes a member, objects are merged member by member, and any other
 * value replaces the present one.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, isJsonObject(value) ? mergePatch(objectIn(merged, name), value) : value);
  }
  return Object.fromEntries(merged);
}

/** Anything but an object is merged as an empty object. */
function objectIn(members: ReadonlyMap<string, unknown>, name: string): JsonObject {
  const value = members.get(name);
  return isJsonObject(value) ? value : {};
}

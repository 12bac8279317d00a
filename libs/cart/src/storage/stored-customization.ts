import { isAttributeRecord } from '#kernel';
import type { Customization } from '../domain/customization.js';

/** Separates names and values for `lua/lib/json_members.lua`. JSON never contains it. */
const SEPARATOR = '\x1f';

/** Changes to the members of a stored JSON object, as `lua/lib/json_members.lua` takes them. null removes a member. */
export function memberChanges(changes: object): string {
  return Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]: [string, unknown]) => [JSON.stringify(name).slice(1, -1), JSON.stringify(value)])
    .join(SEPARATOR);
}

/** The customization of a stored line, without members that are not valid. */
export function parseCustomization(stored: unknown): Customization {
  if (typeof stored !== 'object' || stored === null) return {};
  return {
    ...('options' in stored && isAttributeRecord(stored.options) && { options: stored.options }),
    ...('note' in stored && typeof stored.note === 'string' && { note: stored.note }),
  };
}

import type { CartDetails } from '../domain/operation.js';

/** The JSON fields of a note and attributes, each with a leading comma; '' if there is neither. */
export function renderDetails({ note, attributes }: CartDetails): string {
  const ofNote = note === null ? '' : `,"note":${JSON.stringify(note)}`;
  return Object.keys(attributes).length === 0 ? ofNote : `${ofNote},"attributes":${JSON.stringify(attributes)}`;
}

import { MAX_LINE_BYTES, ValidationFailedError, type Product } from '#kernel';
import type { Customization } from '../../domain/customization.js';

/** The size of a line without its product and its customization. */
const OTHER_BYTES = 128;

/**
 * @param path position of the line in the body, such as `items.3.`, for error messages.
 * @throws ValidationFailedError if options and note make the line larger than 4 KiB.
 */
export function requireFittingLine(customization: Customization, product: Product | undefined, path: string): void {
  const { options, note } = customization;
  if (options === undefined && note === undefined) return;
  if (OTHER_BYTES + bytesOf(customization) + bytesOf(product) <= MAX_LINE_BYTES) return;
  const field = bytesOf(options) > bytesOf(note) ? 'options' : 'note';
  const message = `makes the line larger than ${MAX_LINE_BYTES} bytes`;
  throw new ValidationFailedError([{ field: `${path}${field}`, message }]);
}

function bytesOf(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}

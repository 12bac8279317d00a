import { jsonBytes, MAX_LINE_BYTES, OTHER_LINE_BYTES, ValidationFailedError, type Product } from '#kernel';
import type { Customization } from '../../domain/customization.js';

/**
 * @param path position of the line in the body, such as `items.3.`, for error messages.
 * @throws ValidationFailedError if options and note make the line larger than 4 KiB.
 */
export function requireFittingLine(customization: Customization, product: Product | undefined, path: string): void {
  const { options, note } = customization;
  if (options === undefined && note === undefined) return;
  if (OTHER_LINE_BYTES + jsonBytes(customization) + jsonBytes(product) <= MAX_LINE_BYTES) return;
  const field = jsonBytes(options) > jsonBytes(note) ? 'options' : 'note';
  const message = `makes the line larger than ${MAX_LINE_BYTES} bytes`;
  throw new ValidationFailedError([{ field: `${path}${field}`, message }]);
}

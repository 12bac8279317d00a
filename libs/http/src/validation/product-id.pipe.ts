import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationFailedError, isProductId, PRODUCT_ID_RULE } from '#kernel';

/**
 * Checks the `product_id` of a path.
 * @throws ValidationFailedError
 */
@Injectable()
export class ProductIdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (!isProductId(value)) throw new ValidationFailedError([{ field: 'product_id', message: PRODUCT_ID_RULE }]);
    return value;
  }
}

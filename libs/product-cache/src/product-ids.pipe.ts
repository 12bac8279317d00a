import { Injectable, type PipeTransform } from '@nestjs/common';
import { isProductId, PRODUCT_ID_RULE, ValidationFailedError } from '#kernel';
import { MAX_PRODUCTS } from './dto/cache-products.dto.js';

/**
 * Validates the `ids` of a query: product ids separated by commas.
 * @throws ValidationFailedError
 */
@Injectable()
export class ProductIdsPipe implements PipeTransform<unknown, string[]> {
  transform(value: unknown): string[] {
    if (value === undefined) throw new ValidationFailedError([{ field: 'ids', message: 'is missing' }]);
    if (typeof value !== 'string') throw new ValidationFailedError([{ field: 'ids', message: 'must be given once' }]);
    const ids = value.split(',', MAX_PRODUCTS + 1);
    if (ids.length > MAX_PRODUCTS) {
      throw new ValidationFailedError([{ field: 'ids', message: `must be at most ${MAX_PRODUCTS} ids` }]);
    }
    if (!ids.every(isProductId)) {
      throw new ValidationFailedError([{ field: 'ids', message: `each of them ${PRODUCT_ID_RULE}` }]);
    }
    return ids;
  }
}

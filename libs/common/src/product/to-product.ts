import { ValidationFailedError } from '../errors/validation-failed.error.js';
import { decimalsOf } from '../money/currency.js';
import { fitsDecimals } from '../money/money.js';
import type { ProductDataDto } from './product-data.dto.js';
import type { Product } from './product.js';

/**
 * The product that `data` describes; a price without a currency is in `defaultCurrency`.
 * @param path where the data stands in the body, such as `product_data.`, for the error.
 * @throws ValidationFailedError where the price has more decimals than its currency.
 */
export function toProduct(data: ProductDataDto, defaultCurrency: string, path = ''): Product {
  const currency = data.currency ?? defaultCurrency;
  const decimals = decimalsOf(currency);
  if (!fitsDecimals(data.price, decimals)) {
    const message = `must have no more than ${decimals} decimals in ${currency}`;
    throw new ValidationFailedError([{ field: `${path}price`, message }]);
  }
  return {
    name: data.name,
    price: data.price,
    currency,
    ...(data.description != null && { description: data.description }),
    ...(data.image_url != null && { image_url: data.image_url }),
    ...(data.category != null && { category: data.category }),
    ...(data.attributes != null && { attributes: data.attributes }),
  };
}

import { ValidationFailedError, decimalsOf, fitsDecimals, MAX_LINE_BYTES, oversizeField, type Product } from '#kernel';
import type { ProductDataDto } from './product-data.dto.js';

/**
 * The product in `data`. A price without a currency is in `defaultCurrency`.
 * @param path position of the data in the body, such as `product_data.`, for error messages.
 * @throws ValidationFailedError if the price has more decimals than its currency, or a line of the product would be larger than
 *   4 KiB.
 */
export function toProduct(data: ProductDataDto, defaultCurrency: string, path = ''): Product {
  const currency = data.currency ?? defaultCurrency;
  const decimals = decimalsOf(currency);
  if (!fitsDecimals(data.price, decimals)) {
    const message = `must have no more than ${decimals} decimals in ${currency}`;
    throw new ValidationFailedError([{ field: `${path}price`, message }]);
  }
  const product: Product = {
    name: data.name,
    price: data.price,
    currency,
    ...(data.description != null && { description: data.description }),
    ...(data.image_url != null && { image_url: data.image_url }),
    ...(data.category != null && { category: data.category }),
    ...(data.attributes != null && { attributes: data.attributes }),
  };
  const oversize = oversizeField(product);
  if (oversize !== undefined) {
    const message = `makes the line of the product larger than ${MAX_LINE_BYTES} bytes`;
    throw new ValidationFailedError([{ field: `${path}${oversize}`, message }]);
  }
  return product;
}

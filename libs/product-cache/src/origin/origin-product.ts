import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { findHarm, ProductDataDto, toProduct } from '#http';
import { decimalsOf, withoutNoise, type Product } from '#kernel';
import { NotAProductError } from './origin.errors.js';

/**
 * Parses a product from the origin, by the same rules as client-supplied product data; other fields are ignored.
 * @throws NotAProductError
 */
export async function originProduct(text: string, defaultCurrency: string): Promise<Product> {
  const data = parseObject(text);
  const harm = findHarm(data);
  if (harm !== undefined) throw new NotAProductError(`${harm.field} ${harm.message}`);
  const described = plainToInstance(ProductDataDto, data);
  const errors = await validate(described, { whitelist: true });
  if (errors.length > 0)
    throw new NotAProductError(`wrong fields: ${errors.map(({ property }) => property).join(', ')}`);
  described.price = withoutNoise(described.price, decimalsOf(described.currency ?? defaultCurrency));
  try {
    return toProduct(described, defaultCurrency);
  } catch (error) {
    throw new NotAProductError('its price has too many decimals, or it is too large', { cause: error });
  }
}

function parseObject(text: string): object {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new NotAProductError('it is no JSON', { cause: error });
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new NotAProductError('it is no object');
  return data;
}

import { ApiProperty } from '@nestjs/swagger';
import { ProductDetailsDto } from '#http';
import { isoTime } from '#kernel';
import type { CachedProduct } from '../domain/cached-product.js';

/** A cached product, as the endpoints return it. */
export class CachedProductDto extends ProductDetailsDto {
  @ApiProperty({ example: 'laptop', description: 'The id of the product.' })
  product_id: string;

  @ApiProperty({ example: 'MacBook Pro', description: 'What shoppers know the product as.' })
  name: string;

  @ApiProperty({ example: 1299.99, description: 'In units of the currency, exact.' })
  price: number;

  @ApiProperty({ example: 'USD', description: 'ISO 4217.' })
  currency: string;

  @ApiProperty({
    example: '2026-11-22T21:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was cached; null if the writer did not say.',
  })
  cached_at: string | null;

  @ApiProperty({
    example: '2026-11-22T22:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it leaves the cache; null if the writer did not say.',
  })
  expires_at: string | null;

  static of({ productId, product, cachedAt, expiresAt }: CachedProduct): CachedProductDto {
    return { product_id: productId, ...product, cached_at: isoTime(cachedAt), expires_at: isoTime(expiresAt) };
  }
}

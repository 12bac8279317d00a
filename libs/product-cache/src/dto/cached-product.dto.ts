import { ApiProperty } from '@nestjs/swagger';
import { ProductDetailsDto } from '#http';
import { isoTime } from '#kernel';
import type { CachedProduct } from '../domain/cached-product.js';

/** A cached product, as the endpoints answer it. */
export class CachedProductDto extends ProductDetailsDto {
  @ApiProperty({ example: 'laptop' })
  product_id: string;

  @ApiProperty({ example: 'MacBook Pro' })
  name: string;

  @ApiProperty({ example: 1299.99 })
  price: number;

  @ApiProperty({ example: 'USD', description: 'ISO 4217.' })
  currency: string;

  @ApiProperty({ example: '2026-11-22T21:00:00.000Z', type: String, format: 'date-time', nullable: true })
  cached_at: string | null;

  @ApiProperty({ example: '2026-11-22T22:00:00.000Z', type: String, format: 'date-time', nullable: true })
  expires_at: string | null;

  static of({ productId, product, cachedAt, expiresAt }: CachedProduct): CachedProductDto {
    return { product_id: productId, ...product, cached_at: isoTime(cachedAt), expires_at: isoTime(expiresAt) };
  }
}

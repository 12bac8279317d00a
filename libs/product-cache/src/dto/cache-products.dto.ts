import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { EachAs, IsProductId } from '#http';
import { CacheProductDto } from './cache-product.dto.js';
import { CachedProductDto } from './cached-product.dto.js';

/** Maximum number of products per request. */
export const MAX_PRODUCTS = 100;

/** A product of a batch. */
export class CacheNamedProductDto extends CacheProductDto {
  @ApiProperty({ example: 'laptop', minLength: 1, maxLength: 100, description: 'The id of the product.' })
  @IsProductId()
  product_id: string;
}

/** The body of `POST /cache/products`. */
export class CacheProductsDto {
  @ApiProperty({
    type: [CacheNamedProductDto],
    minItems: 1,
    maxItems: MAX_PRODUCTS,
    description: 'Each is cached by itself.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PRODUCTS)
  @ValidateNested({ each: true })
  @EachAs(() => CacheNamedProductDto)
  products: CacheNamedProductDto[];
}

/** The response of `POST /cache/products`. */
export class ProductsCachedDto {
  @ApiProperty({ example: 100, type: 'integer', description: 'How many were cached.' })
  cached: number;
}

/** The response of `GET /cache/products`. */
export class FoundProductsDto {
  @ApiProperty({ type: [CachedProductDto], description: 'In the order of `ids`.' })
  products: CachedProductDto[];

  @ApiProperty({ example: ['mouse'], type: [String], description: 'Those that are not cached.' })
  missing: string[];
}

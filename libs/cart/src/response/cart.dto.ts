import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ProductDetailsDto } from '#http';
import type { PriceSource } from '../domain/cart.js';

/** The OpenAPI schema of a line, as `cart.view.ts` writes it. */
export class CartItemDto extends ProductDetailsDto {
  @ApiProperty({ example: 'laptop' })
  product_id: string;

  @ApiProperty({ example: 'MacBook Pro', type: String, nullable: true })
  name: string | null;

  @ApiProperty({ example: 1299.99, type: Number, nullable: true })
  price: number | null;

  @ApiProperty({ example: 2, type: 'integer' })
  quantity: number;

  @ApiProperty({ example: 2599.98, type: Number, nullable: true, description: 'price × quantity, exact.' })
  line_total: number | null;

  @ApiPropertyOptional({
    example: 1199.99,
    description: 'What the product cache asks now, where that is another price. In `GET /cart` only.',
  })
  current_price?: number;

  @ApiProperty({
    example: 'client',
    // OpenAPI 3.0 wants null among the values too, if there is an enum.
    enum: ['client', 'catalog', null],
    type: String,
    nullable: true,
    description: 'Who set name and price: the caller or the product cache; null if no one did.',
  })
  price_source: PriceSource | null;

  @ApiProperty({ example: '2026-11-22T21:00:00.000Z', type: String, format: 'date-time', nullable: true })
  added_at: string | null;

  @ApiProperty({ example: '2026-11-22T21:00:00.000Z', type: String, format: 'date-time', nullable: true })
  updated_at: string | null;
}

/** The OpenAPI schema of a line that is saved for later. */
export class SavedItemDto extends CartItemDto {
  @ApiProperty({ example: 'USD', type: String, nullable: true, description: 'ISO 4217; null without a price.' })
  currency: string | null;
}

/** The OpenAPI schema of a cart, as `cart.view.ts` writes it. */
export class CartDto {
  @ApiProperty({ example: 'user123' })
  user_id: string;

  @ApiProperty({ type: [CartItemDto], description: 'In the order in which they were first added.' })
  items: CartItemDto[];

  @ApiProperty({ example: 2, type: 'integer', description: 'The sum of the quantities.' })
  count: number;

  @ApiProperty({ example: 1, type: 'integer', description: 'The number of lines.' })
  unique_items: number;

  @ApiProperty({ example: 0, type: 'integer', description: 'Lines without a price; they are left out of the total.' })
  unpriced_items: number;

  @ApiPropertyOptional({
    example: 0,
    type: 'integer',
    description: 'Lines with a `current_price`. In `GET /cart` only: other responses do not compare.',
  })
  price_changes?: number;

  @ApiProperty({ example: 2599.98, description: 'Exact.' })
  total_price: number;

  @ApiProperty({ example: 'USD', description: 'ISO 4217.' })
  currency: string;

  @ApiProperty({ example: 1, type: 'integer', description: 'One more with every change; also the ETag.' })
  version: number;

  @ApiProperty({ example: '2026-11-22T21:00:00.000Z', type: String, format: 'date-time', nullable: true })
  updated_at: string | null;

  @ApiProperty({ example: '2026-11-29T21:00:00.000Z', type: String, format: 'date-time', nullable: true })
  expires_at: string | null;

  @ApiProperty({ type: [SavedItemDto], description: 'Saved for later; not in the counts and the total.' })
  saved_items: SavedItemDto[];
}

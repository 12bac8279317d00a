import { ApiProperty, ApiPropertyOptional, IntersectionType, PickType } from '@nestjs/swagger';
import { ProductDetailsDto } from '#http';
import type { PriceSource } from '../domain/cart.js';
import { CustomizationDto } from './customization.dto.js';

/** The OpenAPI schema of what a shopper should be told, as `messages.view.ts` writes it. */
export class MessageDto {
  @ApiProperty({
    example: 'price_changed',
    enum: ['price_changed', 'unpriced', 'unavailable', 'unreadable', 'joined', 'clamped'],
    description: 'Stable; made for programs.',
  })
  code: string;

  @ApiProperty({
    example: 'info',
    enum: ['info', 'warning', 'error'],
    description: 'How much it matters to the shopper.',
  })
  severity: string;

  @ApiPropertyOptional({ example: 'laptop', description: 'The line that it is about; missing if it is about none.' })
  line_id?: string;

  @ApiProperty({ example: 'The price is now 1199.99.', description: 'Made for people.' })
  detail: string;
}

/** The OpenAPI schema of a line, as `cart.view.ts` writes it. */
export class CartItemDto extends IntersectionType(ProductDetailsDto, PickType(CustomizationDto, ['options'])) {
  @ApiProperty({ example: 'laptop', description: 'The id of the product.' })
  product_id: string;

  @ApiProperty({ example: 'laptop', description: 'The id of the line: that of its product, unless it has options.' })
  line_id: string;

  @ApiProperty({
    example: 'MacBook Pro',
    type: String,
    nullable: true,
    description: 'What shoppers know the product as; null if no one said.',
  })
  name: string | null;

  @ApiProperty({
    example: 1299.99,
    type: Number,
    nullable: true,
    description: 'Of one, in the currency of the cart; null if no one said.',
  })
  price: number | null;

  @ApiProperty({ example: 2, type: 'integer', description: 'How many of the product.' })
  quantity: number;

  @ApiProperty({ example: 2599.98, type: Number, nullable: true, description: 'price × quantity, exact.' })
  line_total: number | null;

  @ApiPropertyOptional({
    example: 1199.99,
    description: 'The price in the product cache, if it differs. Only in `GET /cart`.',
  })
  current_price?: number;

  @ApiProperty({
    example: 'client',
    // OpenAPI 3.0 requires null among the values too, if there is an enum.
    enum: ['client', 'catalog', null],
    type: String,
    nullable: true,
    description: 'Who set name and price: the caller or the product cache; null if no one did.',
  })
  price_source: PriceSource | null;

  @ApiProperty({
    example: '2026-11-22T21:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the line came into the cart; null if unknown.',
  })
  added_at: string | null;

  @ApiProperty({
    example: '2026-11-22T21:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it was last changed; null if unknown.',
  })
  updated_at: string | null;

  @ApiProperty({
    example: true,
    description:
      'False if `CART_PRICE_POLICY` is `catalog` and the product cache no longer has the product: it is left out of the ' +
      'total. Only `GET /cart` looks for that.',
  })
  available: boolean;

  @ApiPropertyOptional({
    example: 'Please wrap it.',
    description: 'A note on this line. Longer than a request may send it if several notes were joined.',
  })
  note?: string;

  @ApiProperty({ type: [MessageDto], description: 'What the shopper should be told about the line.' })
  messages: MessageDto[];
}

/** The OpenAPI schema of a line that is saved for later. */
export class SavedItemDto extends CartItemDto {
  @ApiProperty({ example: 'USD', type: String, nullable: true, description: 'ISO 4217; null without a price.' })
  currency: string | null;
}

/** The OpenAPI schema of a cart, as `cart.view.ts` writes it. */
export class CartDto {
  @ApiProperty({ example: 'user123', description: 'The user, or guest, that it belongs to.' })
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

  @ApiPropertyOptional({ example: 'Leave it with the neighbours.', description: 'A note on the cart.' })
  note?: string;

  @ApiPropertyOptional({
    example: { gift_message: 'Happy birthday!' },
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Facts about the whole cart, such as a gift message.',
  })
  attributes?: Readonly<Record<string, string>>;

  @ApiProperty({
    type: [MessageDto],
    description:
      'Those of all lines, of lines that cannot be read and, in the response to a merge, of lines that it clamped.',
  })
  messages: MessageDto[];

  @ApiProperty({ example: 1, type: 'integer', description: 'One more with every change; also the ETag.' })
  version: number;

  @ApiProperty({
    example: '2026-11-22T21:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the cart was last changed; null if never.',
  })
  updated_at: string | null;

  @ApiProperty({
    example: '2026-11-29T21:00:00.000Z',
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the cart expires unless it is changed before; null if it has never been changed.',
  })
  expires_at: string | null;

  @ApiProperty({ type: [SavedItemDto], description: 'Saved for later; not in the counts and the total.' })
  saved_items: SavedItemDto[];
}

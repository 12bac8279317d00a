import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, Matches } from 'class-validator';
import { IsUserId } from '#auth';
import { EXAMPLE_VALUES } from '#http';
import { CartItemDto } from '../response/cart.dto.js';

/** The body of `POST /cart/checkout`. */
export class CheckoutRequestDto {
  @ApiPropertyOptional({
    example: false,
    description: 'Whether to go on with the prices that products have now; not by default.',
  })
  @IsOptional()
  @IsBoolean()
  accept_price_changes?: boolean;
}

/** The body of `POST /cart/checkout/{checkout_id}/complete`. */
export class CompleteCheckoutDto {
  @ApiProperty({ example: 'user123', description: 'Whose checkout it is.' })
  @IsUserId()
  user_id: string;

  @ApiProperty({ example: 'order-2026-0001', description: '1 to 128 printable ASCII characters.' })
  @Matches(/^[\x21-\x7e]{1,128}$/, { message: '$property must be 1 to 128 printable ASCII characters without blanks' })
  order_id: string;
}

/** The OpenAPI schema of a line of a checkout. */
class CheckoutItemDto extends CartItemDto {
  @ApiPropertyOptional({ example: 2, type: 'integer', description: 'Once it is completed: the quantity of the order.' })
  ordered?: number;

  @ApiPropertyOptional({ example: 2, type: 'integer', description: 'How much of it was taken out of the cart.' })
  taken?: number;

  @ApiPropertyOptional({ example: 0, type: 'integer', description: 'How much of it was not in the cart any more.' })
  missing?: number;
}

/** The OpenAPI schema of a checkout, as `checkout.view.ts` writes it. */
export class CheckoutDto {
  @ApiProperty({ example: EXAMPLE_VALUES.checkout_id, description: 'Opaque.' })
  checkout_id: string;

  @ApiProperty({ example: 'user123', description: 'Whose checkout it is.' })
  user_id: string;

  @ApiProperty({
    example: 'open',
    enum: ['open', 'superseded', 'completed'],
    description: '`superseded` if a later checkout took its place.',
  })
  status: 'open' | 'superseded' | 'completed';

  @ApiPropertyOptional({ example: 'order-2026-0001', description: 'Once it is completed.' })
  order_id?: string;

  @ApiPropertyOptional({
    example: 'q1zC0cRk0xVn3TzqVd2vRw',
    description: 'The checkout that came after this one, when the cart had changed.',
  })
  superseded_by?: string;

  @ApiProperty({ type: [CheckoutItemDto], description: 'The lines as they were frozen.' })
  items: CheckoutItemDto[];

  @ApiPropertyOptional({ example: 'Leave it with the neighbours.', description: 'The note on the cart.' })
  note?: string;

  @ApiPropertyOptional({
    example: { gift_message: 'Happy birthday!' },
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The attributes of the cart.',
  })
  attributes?: Readonly<Record<string, string>>;

  @ApiProperty({ example: 2, type: 'integer', description: 'The sum of the quantities.' })
  count: number;

  @ApiProperty({ example: 1, type: 'integer', description: 'The number of lines.' })
  unique_items: number;

  @ApiProperty({ example: 0, type: 'integer', description: 'Always 0: such a cart is not checked out.' })
  unpriced_items: number;

  @ApiProperty({ example: 2599.98, description: 'Exact.' })
  total_price: number;

  @ApiProperty({ example: 'USD', description: 'ISO 4217.' })
  currency: string;

  @ApiProperty({ example: 7, type: 'integer', description: 'Of the cart that was checked out.' })
  version: number;

  @ApiProperty({
    example: '2026-11-22T21:00:00.000Z',
    format: 'date-time',
    description: 'When the cart was checked out.',
  })
  created_at: string;

  @ApiProperty({
    example: '2026-11-22T21:15:00.000Z',
    format: 'date-time',
    description: 'When it expires unless it is completed before.',
  })
  expires_at: string;

  @ApiPropertyOptional({
    example: '2026-11-22T21:05:00.000Z',
    format: 'date-time',
    description: 'Once it is completed.',
  })
  completed_at?: string;
}

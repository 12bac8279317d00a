import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Options } from '../domain/customization.js';

const LIFE =
  'Distinguishes this cart from an earlier, expired one of the same user, whose versions also began at 1. Empty before ' +
  'the first change.';

/** The OpenAPI schema of the data of a `sync` event, as `cart-events.view.ts` writes it. */
export class CartSyncEventDto {
  @ApiProperty({ example: '4f1c22a9', description: LIFE })
  life: string;

  @ApiProperty({ example: 6, type: 'integer', description: 'The version that the cart has now.' })
  version: number;
}

/** The OpenAPI schema of a line of a change. */
export class QuantityChangeDto {
  @ApiProperty({ example: 'laptop', description: 'The id of the product.' })
  product_id: string;

  @ApiProperty({ example: 'laptop', description: 'The id of the line: that of its product, unless it has options.' })
  line_id: string;

  @ApiProperty({ example: 1, type: 'integer', description: '0 if the cart had no such line.' })
  before: number;

  @ApiProperty({ example: 3, type: 'integer', description: '0 if the cart has no such line any more.' })
  after: number;

  @ApiPropertyOptional({
    example: 1299.99,
    type: Number,
    nullable: true,
    description: 'With `options` and `note`: what the line contains now, if more than its quantity has changed.',
  })
  price?: number | null;

  @ApiPropertyOptional({
    example: {},
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    description: 'The options of the line.',
  })
  options?: Options | undefined;

  @ApiPropertyOptional({ example: 'Please wrap it.', type: String, description: 'The note on the line.' })
  note?: string | undefined;
}

/** The OpenAPI schema of the data of a `change` event. */
export class CartChangeEventDto {
  @ApiProperty({ example: 'add', description: 'The operation. New ones may be added.' })
  type: string;

  @ApiPropertyOptional({
    type: String,
    example: 'agent-7',
    description: 'Who made the change for the user, if it was not the user.',
  })
  actor?: string | undefined;

  @ApiProperty({ example: '4f1c22a9', description: LIFE })
  life: string;

  @ApiProperty({ example: 7, type: 'integer', description: 'The version that the change led to.' })
  version: number;

  @ApiProperty({
    type: [QuantityChangeDto],
    nullable: true,
    description: 'Each line that changed. Null if the change is too large to be sent, over 1 KiB: read the cart.',
  })
  changes: QuantityChangeDto[] | null;

  @ApiProperty({
    example: '2026-11-22T21:00:00.000Z',
    type: String,
    format: 'date-time',
    description: 'When it was changed.',
  })
  at: string;
}

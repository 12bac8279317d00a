import { ApiProperty } from '@nestjs/swagger';

const LIFE =
  'Tells this cart from an earlier one of the same user, which has expired: its versions began at 1 too. Empty before the ' +
  'first change.';

/** The OpenAPI schema of the data of a `sync` event, as `cart-events.view.ts` writes it. */
export class CartSyncEventDto {
  @ApiProperty({ example: '4f1c22a9', description: LIFE })
  life: string;

  @ApiProperty({ example: 6, type: 'integer', description: 'The version that the cart has now.' })
  version: number;
}

/** The OpenAPI schema of a line of a change. */
export class QuantityChangeDto {
  @ApiProperty({ example: 'laptop' })
  product_id: string;

  @ApiProperty({ example: 1, type: 'integer', description: '0 if the cart had no such line.' })
  before: number;

  @ApiProperty({ example: 3, type: 'integer', description: '0 if the cart has no such line any more.' })
  after: number;
}

/** The OpenAPI schema of the data of a `change` event. */
export class CartChangeEventDto {
  @ApiProperty({ example: 'add', description: 'The operation. New ones may come.' })
  type: string;

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

  @ApiProperty({ example: '2026-11-22T21:00:00.000Z', type: String, format: 'date-time' })
  at: string;
}

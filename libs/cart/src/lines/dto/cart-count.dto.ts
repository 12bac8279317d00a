import { ApiProperty } from '@nestjs/swagger';

/** The response of `GET /cart/count`. */
export class CartCountDto {
  @ApiProperty({ example: 3, type: 'integer', description: 'The sum of the quantities.' })
  count: number;

  @ApiProperty({ example: 2, type: 'integer', description: 'The number of lines.' })
  unique_items: number;
}

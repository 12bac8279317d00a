import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { EXAMPLE_VALUES, MergeReportDto } from '#http';
import { MERGE_STRATEGIES, type MergeStrategy } from '../domain/merge.js';
import { CartDto } from '../response/cart.dto.js';

/** The body of `POST /cart/merge`. */
export class MergeDto {
  @ApiProperty({
    example: EXAMPLE_VALUES.guest_token,
    description: 'The `access_token` that `POST /auth/guest` returned.',
    maxLength: 8192,
  })
  @IsString()
  @MaxLength(8192)
  guest_token: string;

  @ApiPropertyOptional({
    example: 'sum',
    enum: MERGE_STRATEGIES,
    description:
      '`sum`, the default, adds the quantities of lines that both carts have, `max` takes the larger; both keep every line. ' +
      "`keep_user` drops the guest's cart, `keep_guest` puts it in the place of the user's. `guest_wins` takes the guest's " +
      'quantities of lines that both have, and keeps all others. `keep_guest_if_empty` takes the cart of the guest only ' +
      'if the user has none.',
  })
  @IsOptional()
  @IsIn(MERGE_STRATEGIES)
  strategy?: MergeStrategy;
}

/** The OpenAPI schema of the response to a merge, as `merge.view.ts` writes it. */
export class MergeResultDto extends MergeReportDto {
  @ApiProperty({ type: CartDto })
  cart: CartDto;
}

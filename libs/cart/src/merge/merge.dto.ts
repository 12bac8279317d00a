import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { CLAMP_REASONS, MERGE_STRATEGIES, type ClampReason, type MergeStrategy } from '../domain/merge.js';
import { CartDto } from '../response/cart.dto.js';

/** The body of `POST /cart/merge`. */
export class MergeDto {
  @ApiProperty({ description: 'The `access_token` that `POST /auth/guest` returned.', maxLength: 8192 })
  @IsString()
  @MaxLength(8192)
  guest_token: string;

  @ApiPropertyOptional({
    example: 'sum',
    enum: MERGE_STRATEGIES,
    default: 'sum',
    description:
      '`sum` adds the quantities of lines that both carts have, `max` takes the larger; both keep every line. ' +
      "`keep_user` drops the guest's cart, `keep_guest` puts it in the place of the user's.",
  })
  @IsOptional()
  @IsIn(MERGE_STRATEGIES)
  strategy?: MergeStrategy;
}

/** What became of one product in a merge. */
class MergedLineDto {
  @ApiProperty({ example: 'laptop' })
  product_id: string;

  @ApiProperty({ example: 2, type: 'integer' })
  guest_quantity: number;

  @ApiProperty({ example: 1, type: 'integer', description: "The user's quantity before the merge." })
  user_quantity: number;

  @ApiProperty({ example: 3, type: 'integer' })
  quantity: number;

  @ApiProperty({ example: false, description: 'Whether there is less than the strategy asks for.' })
  clamped: boolean;

  @ApiPropertyOptional({ example: 'quantity_limit_exceeded', enum: CLAMP_REASONS, description: 'Why.' })
  reason?: ClampReason;
}

/** The OpenAPI schema of the response to a merge, as `merge.view.ts` writes it. */
export class MergeResultDto {
  @ApiProperty({ type: CartDto })
  cart: CartDto;

  @ApiProperty({ type: [MergedLineDto], description: 'Empty if the guest has no cart, or it was merged before.' })
  report: MergedLineDto[];
}

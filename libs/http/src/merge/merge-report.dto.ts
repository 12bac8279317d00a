import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CLAMP_REASONS, type ClampReason, type MergedLine, type MergeReport } from '#kernel';

/** The outcome of a merge for one line. */
class MergedLineDto {
  @ApiProperty({ example: 'laptop', description: 'The id of the product.' })
  product_id: string;

  @ApiProperty({ example: 'laptop', description: 'The id of the line: that of its product, unless it has options.' })
  line_id: string;

  @ApiProperty({ example: 2, type: 'integer', description: "The guest's quantity before the merge." })
  guest_quantity: number;

  @ApiProperty({ example: 1, type: 'integer', description: "The user's quantity before the merge." })
  user_quantity: number;

  @ApiProperty({ example: 3, type: 'integer', description: 'The quantity after the merge.' })
  quantity: number;

  @ApiProperty({ example: false, description: 'Whether there is less than the strategy asks for.' })
  clamped: boolean;

  @ApiPropertyOptional({ example: 'quantity_limit_exceeded', enum: CLAMP_REASONS, description: 'Why.' })
  reason?: ClampReason;

  @ApiPropertyOptional({ example: 1, type: 'integer', description: 'By how much there is less.' })
  remainder?: number;

  @ApiPropertyOptional({
    example: 'saved',
    enum: ['saved', 'guest'],
    description:
      "Where a line is that the cart could not take: among the user's saved lines, or still in the guest's cart.",
  })
  kept_in?: 'saved' | 'guest';
}

/** What a merge did not take over from the guest's cart. */
class NotTakenDto {
  @ApiPropertyOptional({ example: 'Ring twice.', description: "The guest's note, if it does not fit." })
  note?: string;

  @ApiPropertyOptional({
    example: { gift_message: 'Happy birthday!' },
    type: 'object',
    additionalProperties: { type: 'string' },
    description: "The guest's attributes of which the user has another value, or that do not fit.",
  })
  attributes?: Readonly<Record<string, string>>;
}

/** The OpenAPI schema of what became of a guest's cart. */
export class MergeReportDto {
  @ApiProperty({ type: [MergedLineDto], description: 'Empty if the guest has no cart, or it was merged before.' })
  report: MergedLineDto[];

  @ApiPropertyOptional({ description: 'What was not taken over, besides lines; missing if everything was.' })
  not_taken?: NotTakenDto;

  static of({ report, notTaken: { note, attributes } }: MergeReport): MergeReportDto {
    const not_taken = {
      ...(note !== null && { note }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    };
    return { report: report.map(toRow), ...(Object.keys(not_taken).length > 0 && { not_taken }) };
  }
}

function toRow({ clampedBy, keptIn, ...line }: MergedLine): MergedLineDto {
  return {
    product_id: line.productId,
    line_id: line.lineId,
    guest_quantity: line.guestQuantity,
    user_quantity: line.userQuantity,
    quantity: line.quantity,
    clamped: clampedBy !== undefined,
    ...(clampedBy !== undefined && { reason: clampedBy, remainder: line.remainder }),
    ...(keptIn !== undefined && { kept_in: keptIn }),
  };
}

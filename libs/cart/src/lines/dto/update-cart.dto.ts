import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow, IsInt, IsOptional, Max, Min } from 'class-validator';
import { ValidationFailedError } from '#kernel';
import { MAX_QUANTITY } from '../../domain/cart.js';

/** The body of `PUT /cart/update/{product_id}`, if the quantity is not in the query. */
export class UpdateCartBodyDto {
  @ApiPropertyOptional({
    example: 2,
    type: 'integer',
    minimum: 0,
    maximum: MAX_QUANTITY,
    description: '0 removes the line.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity?: number;
}

/** The query of `PUT /cart/update/{product_id}`, if the quantity is not in the body. */
export class UpdateCartQueryDto {
  // No example: Swagger UI would send it together with the example of the body.
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MAX_QUANTITY, description: 'Instead of a body.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => wholeNumber(value))
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity?: number;

  /** Of every write; `Write` reads and checks it. */
  @Allow()
  dry_run?: unknown;
}

/** Plain digits only: `Number` would also accept `''`, `1e2` and `0x10`. */
function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/**
 * The quantity of an update. null counts as left out, as in every optional field.
 * @throws ValidationFailedError if both the body and the query have a quantity, or neither does.
 */
export function theOneOf(inQuery?: number | null, inBody?: number | null): number {
  if (inQuery != null && inBody != null) {
    throw new ValidationFailedError([{ field: 'quantity', message: 'is in the query and in the body: give one' }]);
  }
  const quantity = inQuery ?? inBody;
  if (quantity == null) {
    throw new ValidationFailedError([{ field: 'quantity', message: 'must be in the query or in the body' }]);
  }
  return quantity;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ProductDataDto } from '#http';

const MAX_TTL_SECONDS = 604_800;

/** The body of `POST /cache/product/{product_id}`. */
export class CacheProductDto extends ProductDataDto {
  @ApiPropertyOptional({
    example: 3600,
    type: 'integer',
    minimum: 1,
    maximum: MAX_TTL_SECONDS,
    description: 'PRODUCT_TTL_SECONDS, spread by ±10 %, if omitted.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_TTL_SECONDS)
  ttl_seconds?: number;
}

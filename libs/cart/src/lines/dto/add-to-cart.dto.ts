import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { CompiledValidation, IsProductId, ProductDataDto } from '#http';
import { MAX_QUANTITY } from '../../domain/cart.js';
import { CustomizationDto } from '../../response/customization.dto.js';

/** The body of `POST /cart/add`. */
@CompiledValidation()
export class AddToCartDto extends CustomizationDto {
  @ApiProperty({ example: 'laptop', minLength: 1, maxLength: 100, description: 'No white space and no braces.' })
  @IsProductId()
  product_id: string;

  @ApiProperty({
    example: 1,
    type: 'integer',
    minimum: 1,
    maximum: MAX_QUANTITY,
    description: 'How many of the product.',
  })
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity: number;

  @ApiPropertyOptional({ type: ProductDataDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ProductDataDto)
  product_data?: ProductDataDto;
}

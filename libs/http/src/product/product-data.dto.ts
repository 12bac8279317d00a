import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { MAX_PRICE } from '#kernel';
import { IsCurrency } from '../validation/is-currency.js';
import { ProductDetailsDto } from './product-details.dto.js';

/** Client-supplied product data. */
export class ProductDataDto extends ProductDetailsDto {
  @ApiProperty({
    example: 'MacBook Pro',
    minLength: 1,
    maxLength: 200,
    description: 'What shoppers know the product as.',
  })
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiProperty({ example: 1299.99, minimum: 0, maximum: MAX_PRICE, description: 'In major units of the currency.' })
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(MAX_PRICE)
  price: number;

  @ApiPropertyOptional({ example: 'USD', description: 'ISO 4217; CART_CURRENCY if omitted.' })
  @IsOptional()
  @IsCurrency()
  currency?: string;
}

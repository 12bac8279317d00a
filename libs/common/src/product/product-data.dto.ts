import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { IsAttributes } from '../validation/is-attributes.js';
import { IsCurrency } from '../validation/is-currency.js';
import type { AttributeValue } from './product.js';

export const MAX_PRICE = 1e9;

/** A product as a caller describes it. */
export class ProductDataDto {
  @ApiProperty({ example: 'MacBook Pro', minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiProperty({ example: 1299.99, minimum: 0, maximum: MAX_PRICE, description: 'In major units of the currency.' })
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(MAX_PRICE)
  price: number;

  @ApiPropertyOptional({ example: 'High-performance laptop', maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @ApiPropertyOptional({ example: 'https://shop.example/laptop.jpg', maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  image_url?: string;

  @ApiPropertyOptional({ example: 'computers', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  category?: string;

  @ApiPropertyOptional({ example: 'USD', description: 'ISO 4217; CART_CURRENCY where it is left out.' })
  @IsOptional()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    example: { colour: 'grey' },
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    maxProperties: 20,
  })
  @IsOptional()
  @IsAttributes()
  attributes?: Record<string, AttributeValue>;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { AttributeValue } from '#kernel';
import { IsAttributes } from '../validation/is-attributes.js';

/** What a product may say of itself beyond its name and price, the same wherever a product is told or answered. */
export class ProductDetailsDto {
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

  @ApiPropertyOptional({
    example: { colour: 'grey' },
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    maxProperties: 20,
  })
  @IsOptional()
  @IsAttributes()
  attributes?: Readonly<Record<string, AttributeValue>>;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { AttributeValue } from '#kernel';
import { IsAttributes } from '../validation/is-attributes.js';

/** The optional details of a product, the same in all requests and responses. */
export class ProductDetailsDto {
  @ApiPropertyOptional({ example: 'High-performance laptop', maxLength: 2000, description: 'For shoppers.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @ApiPropertyOptional({
    example: 'https://shop.example/laptop.jpg',
    maxLength: 2000,
    description: 'The address of a picture.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  image_url?: string;

  @ApiPropertyOptional({
    example: 'computers',
    maxLength: 200,
    description: 'Any text, such as a department of the shop.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  category?: string;

  @ApiPropertyOptional({
    example: { colour: 'grey' },
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    maxProperties: 20,
    description: 'Up to 20 facts about the product: strings, numbers or booleans.',
  })
  @IsOptional()
  @IsAttributes()
  attributes?: Readonly<Record<string, AttributeValue>>;
}

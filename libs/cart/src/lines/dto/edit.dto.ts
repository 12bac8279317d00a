import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsAttributes, IsTexts } from '#http';
import { MAX_ATTRIBUTES, MAX_QUANTITY } from '../../domain/cart.js';
import type { Options } from '../../domain/customization.js';
import { MAX_NOTE_LENGTH, MAX_OPTIONS } from '../../response/customization.dto.js';
import { AddToCartDto } from './add-to-cart.dto.js';

const MAX_CART_NOTE_LENGTH = 2000;
const MAX_ATTRIBUTE_LENGTH = 500;
const MAX_ITEMS = 200;
const ATTRIBUTES = { entries: MAX_ATTRIBUTES, textLength: MAX_ATTRIBUTE_LENGTH };

/** The body of `PATCH /cart/lines/{line_id}`. */
export class ChangeLineDto {
  @ApiPropertyOptional({ example: 2, type: 'integer', minimum: 0, maximum: MAX_QUANTITY, description: '0 removes it.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity?: number | null;

  @ApiPropertyOptional({
    example: {},
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    maxProperties: MAX_OPTIONS,
    nullable: true,
    description: 'All options of the line, such as `{ "size": "M" }`. Null removes them.',
  })
  @IsOptional()
  @IsAttributes({ entries: MAX_OPTIONS, textLength: MAX_NOTE_LENGTH })
  options?: Options | null;

  @ApiPropertyOptional({
    example: 'Please wrap it.',
    type: String,
    nullable: true,
    maxLength: MAX_NOTE_LENGTH,
    description: 'Null removes it.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_NOTE_LENGTH)
  note?: string | null;
}

/** The body of `PATCH /cart`, a merge patch (RFC 7396). */
export class ChangeCartDto {
  @ApiPropertyOptional({
    example: 'Leave it with the neighbours.',
    type: String,
    nullable: true,
    maxLength: MAX_CART_NOTE_LENGTH,
    description: 'Null removes it.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CART_NOTE_LENGTH)
  note?: string | null;

  @ApiPropertyOptional({
    example: { gift_message: 'Happy birthday!' },
    type: 'object',
    additionalProperties: { type: 'string', nullable: true, maxLength: MAX_ATTRIBUTE_LENGTH },
    maxProperties: MAX_ATTRIBUTES,
    nullable: true,
    description: 'Attributes that are not named stay. Null removes one, or all.',
  })
  @IsOptional()
  @IsTexts(ATTRIBUTES, 'null')
  attributes?: Readonly<Record<string, string | null>> | null;
}

/** The body of `PUT /cart`. */
export class ReplaceCartDto {
  @ApiProperty({ type: [AddToCartDto], maxItems: MAX_ITEMS, description: 'All lines of the new cart.' })
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => AddToCartDto)
  items: AddToCartDto[];

  @ApiPropertyOptional({
    example: 'Leave it with the neighbours.',
    type: String,
    nullable: true,
    maxLength: MAX_CART_NOTE_LENGTH,
    description: 'A note on the cart; none if left out.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CART_NOTE_LENGTH)
  note?: string | null;

  @ApiPropertyOptional({
    example: { gift_message: 'Happy birthday!' },
    type: 'object',
    additionalProperties: { type: 'string', maxLength: MAX_ATTRIBUTE_LENGTH },
    maxProperties: MAX_ATTRIBUTES,
    description: 'Facts about the whole cart; none if left out.',
  })
  @IsOptional()
  @IsTexts(ATTRIBUTES, 'no null')
  attributes?: Readonly<Record<string, string>> | null;
}

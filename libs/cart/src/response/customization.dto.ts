import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsAttributes } from '#http';
import type { Options } from '../domain/customization.js';

export const MAX_OPTIONS = 20;
export const MAX_NOTE_LENGTH = 500;

/** What a shopper chose and wrote for a line, in requests. */
export class CustomizationDto {
  @ApiPropertyOptional({
    example: {},
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    maxProperties: MAX_OPTIONS,
    description:
      'What the shopper chose for this line, such as `{ "size": "L" }`. The same product with other options is another line.',
  })
  @IsOptional()
  @IsAttributes({ entries: MAX_OPTIONS, textLength: MAX_NOTE_LENGTH })
  options?: Options;

  @ApiPropertyOptional({ example: 'Please wrap it.', maxLength: MAX_NOTE_LENGTH, description: 'A note on this line.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_NOTE_LENGTH)
  note?: string;
}

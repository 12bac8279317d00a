import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsNumber, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import type { JsonObject } from '../domain/json-object.js';
import { IsJsonObject } from './is-json-object.js';

const MAX_USER_ID = 128;

/** The body of `POST /session/create`. */
export class CreateSessionDto {
  @ApiPropertyOptional({
    example: { theme: 'dark', language: 'en' },
    type: 'object',
    additionalProperties: true,
    description: 'What the user chose, such as a language. At most 8 KiB of JSON.',
  })
  @IsOptional()
  @IsJsonObject()
  preferences?: JsonObject;

  @ApiPropertyOptional({
    example: { last_page: '/products/laptop' },
    type: 'object',
    additionalProperties: true,
    description: 'At most 8 KiB of JSON, as `preferences`.',
  })
  @IsOptional()
  @IsJsonObject()
  data?: JsonObject;

  @ApiPropertyOptional({ example: false, description: 'Whether to return a token that is bound to the session.' })
  @IsOptional()
  @IsBoolean()
  bind?: boolean;

  // The guide's code sends these three. The service knows each of them better than the caller, so their values do not count.

  @ApiPropertyOptional({ example: 'user123', deprecated: true, description: 'Ignored: the user is that of the token.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_USER_ID)
  user_id?: string;

  @ApiPropertyOptional({
    example: 3,
    type: 'integer',
    deprecated: true,
    description: 'Ignored: a session always has the present count of the cart.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  cart_count?: number;

  @ApiPropertyOptional({ example: 1732310000, deprecated: true, description: 'Ignored: the service keeps the time.' })
  @IsOptional()
  @IsNumber()
  last_activity?: number;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import type { JsonObject } from '../domain/json-object.js';
import { IsJsonObject } from './is-json-object.js';

/** The body of `POST /session/create`. */
export class CreateSessionDto {
  @ApiPropertyOptional({ example: { theme: 'dark', language: 'en' }, type: 'object', additionalProperties: true })
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
}

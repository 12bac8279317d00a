import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import type { JsonObject } from '../domain/json-object.js';
import { IsJsonObject } from './is-json-object.js';

const DESCRIPTION = 'Merged by RFC 7396: null removes a member. At most 8 KiB of JSON once it is merged.';

/** null empties the object; if it is left out, the object stays unchanged. */
const IsMergePatch = (): PropertyDecorator => (target, property) => {
  ValidateIf((_: object, value: unknown) => value !== undefined && value !== null)(target, property);
  IsJsonObject()(target, property);
};

/** The body of `PATCH /session/{session_id}`. */
export class UpdateSessionDto {
  @ApiPropertyOptional({
    example: { theme: 'light' },
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: DESCRIPTION,
  })
  @IsMergePatch()
  preferences?: JsonObject | null;

  @ApiPropertyOptional({
    example: { last_page: null },
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: DESCRIPTION,
  })
  @IsMergePatch()
  data?: JsonObject | null;
}

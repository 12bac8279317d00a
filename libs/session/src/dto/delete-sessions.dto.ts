import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { SESSION_ID } from '../domain/session.js';

/** The query of `DELETE /session`. */
export class DeleteSessionsDto {
  @ApiPropertyOptional({ description: 'The id of a session that stays.' })
  @IsOptional()
  @Matches(SESSION_ID, { message: '$property must be the id of a session' })
  except?: string;
}

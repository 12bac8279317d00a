import { ApiProperty } from '@nestjs/swagger';
import { SessionDto } from './session.dto.js';

/** The response of `GET /session`. */
export class SessionListDto {
  @ApiProperty({ type: [SessionDto], description: 'The latest active first.' })
  sessions: SessionDto[];
}

/** The response of `DELETE /session`. */
export class RevokedSessionsDto {
  @ApiProperty({ example: 3, type: 'integer', description: 'How many sessions ended.' })
  revoked: number;
}

import { ApiPropertyOptional } from '@nestjs/swagger';
import type { LiveSession } from '../session.service.js';
import type { BoundToken } from '../session-tokens.js';
import { SessionDto } from './session.dto.js';

/** A session with a new id and, if requested, a token that is bound to it. */
export class OpenedSessionDto extends SessionDto {
  @ApiPropertyOptional({
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.c2lnbmF0dXJl',
    description: 'Valid as long as the session is active; with `bind` only.',
  })
  access_token?: string;

  @ApiPropertyOptional({ example: 'Bearer', description: 'With `bind` only.' })
  token_type?: 'Bearer';

  @ApiPropertyOptional({ example: 3600, type: 'integer', description: 'Seconds.' })
  expires_in?: number;

  static withToken(live: LiveSession, bound: BoundToken | undefined): OpenedSessionDto {
    const opened: OpenedSessionDto = SessionDto.of(live);
    if (bound === undefined) return opened;
    opened.access_token = bound.token;
    opened.token_type = 'Bearer';
    opened.expires_in = bound.expiresIn;
    return opened;
  }
}

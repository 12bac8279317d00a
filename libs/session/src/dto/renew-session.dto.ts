import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';

/** The body of `POST /session/{session_id}/renew`. */
export class RenewSessionDto {
  @ApiPropertyOptional({
    example: false,
    description: 'Whether to return a token that is bound to the session. By default, if the caller’s own is.',
  })
  @IsOptional()
  @IsBoolean()
  bind?: boolean;
}

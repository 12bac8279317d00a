import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EXAMPLE_VALUES, MergeReportDto } from '#http';
import type { SignedIn } from '../sign-in.service.js';

/** The response of `POST /auth/register`. */
export class RegisteredDto {
  @ApiProperty({ example: EXAMPLE_VALUES.account_id, description: 'The id of the new user.' })
  user_id: string;
}

/** The response of `POST /auth/login` and `POST /auth/refresh`. */
export class SignedInDto {
  @ApiProperty({
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.c2lnbmF0dXJl',
    description: 'For the header `Authorization: Bearer …`.',
  })
  access_token: string;

  @ApiProperty({ example: 'Bearer', description: 'Always `Bearer`.' })
  token_type: 'Bearer';

  @ApiProperty({ example: 900, type: 'integer', description: 'Seconds.' })
  expires_in: number;

  @ApiProperty({ example: EXAMPLE_VALUES.refresh_token, description: 'For `POST /auth/refresh`. Opaque.' })
  refresh_token: string;

  @ApiProperty({ example: EXAMPLE_VALUES.session_id, description: 'The session that the tokens belong to.' })
  session_id: string;

  @ApiPropertyOptional({
    description:
      "Of a login with a `guest_token`: what became of the guest's cart, as in the response of `POST /cart/merge`.",
  })
  merge?: MergeReportDto;

  static of({ accessToken, expiresIn, refreshToken, sessionId, merge }: SignedIn): SignedInDto {
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      refresh_token: refreshToken,
      session_id: sessionId,
      ...(merge !== undefined && { merge: MergeReportDto.of(merge) }),
    };
  }
}

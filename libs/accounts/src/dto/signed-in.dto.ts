import { ApiProperty } from '@nestjs/swagger';
import type { SignedIn } from '../sign-in.service.js';

/** The response of `POST /auth/register`. */
export class RegisteredDto {
  @ApiProperty({ example: 'acct_Zk3vJq0Jr0X1mXlq8c1m5A' })
  user_id: string;
}

/** The response of `POST /auth/login` and `POST /auth/refresh`. */
export class SignedInDto {
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.c2lnbmF0dXJl' })
  access_token: string;

  @ApiProperty({ example: 'Bearer' })
  token_type: 'Bearer';

  @ApiProperty({ example: 900, type: 'integer', description: 'Seconds.' })
  expires_in: number;

  @ApiProperty({
    example:
      'acct_Zk3vJq0Jr0X1mXlq8c1m5A.C0aXy0vOqW3kq2uNw1nJc5m7pJb6r1d2s3t4u5v6w7x.1.mYq0Zk3vJq0Jr0X1mXlq8c1m5AC0aXy0vOqW3kq2uNw',
  })
  refresh_token: string;

  @ApiProperty({ example: 'C0aXy0vOqW3kq2uNw1nJc5m7pJb6r1d2s3t4u5v6w7x' })
  session_id: string;

  static of({ accessToken, expiresIn, refreshToken, sessionId }: SignedIn): SignedInDto {
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      refresh_token: refreshToken,
      session_id: sessionId,
    };
  }
}

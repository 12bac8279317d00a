import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IsUserId } from './is-user-id.js';

const MAX_LIFETIME_SECONDS = 30 * 86_400;

/** The body of `POST /auth/token`. */
export class TokenRequestDto {
  @ApiProperty({ example: 'user123', pattern: '^[A-Za-z0-9._:@|-]{1,128}$', description: 'Whose token it is.' })
  @IsUserId()
  user_id: string;

  @ApiPropertyOptional({
    example: ['catalog', 'ops', 'orders', 'privacy', 'support'],
    type: [String],
    description: 'What else the user may do: `catalog`, `ops`, `orders`, `privacy`, `support`.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  roles?: string[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'agent-7',
    description: 'Who acts for the user: the `sub` of an `act` claim (RFC 8693). null if users act for themselves.',
    pattern: '^[\\x20-\\x7e]{1,256}$',
  })
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,256}$/)
  actor?: string | null;

  @ApiPropertyOptional({
    example: 3600,
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIFETIME_SECONDS,
    description: 'Seconds until the token expires, 3600 by default.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_LIFETIME_SECONDS)
  expires_in?: number;
}

/** A token, as the `/auth` endpoints return it (names of RFC 6749). */
export class TokenDto {
  @ApiProperty({
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.c2lnbmF0dXJl',
    description: 'For the header `Authorization: Bearer …`.',
  })
  access_token: string;

  @ApiProperty({ example: 'Bearer', description: 'Always `Bearer`.' })
  token_type: 'Bearer';

  @ApiProperty({ example: 3600, type: 'integer', description: 'Seconds.' })
  expires_in: number;
}

/** A guest's token. */
export class GuestTokenDto extends TokenDto {
  @ApiProperty({ example: 'guest_Zk3vJq0Jr0X1mXlq8c1m5A', description: 'The user id of the guest.' })
  guest_id: string;
}

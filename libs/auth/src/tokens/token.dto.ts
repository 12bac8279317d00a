import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { IsUserId } from './is-user-id.js';

const MAX_LIFETIME_SECONDS = 30 * 86_400;

/** The body of `POST /auth/token`. */
export class TokenRequestDto {
  @ApiProperty({ example: 'user123', pattern: '^[A-Za-z0-9._:@|-]{1,128}$' })
  @IsUserId()
  user_id: string;

  @ApiPropertyOptional({ example: ['catalog', 'ops'], type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  roles?: string[];

  @ApiPropertyOptional({ example: 3600, minimum: 1, maximum: MAX_LIFETIME_SECONDS, default: 3600 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_LIFETIME_SECONDS)
  expires_in?: number;
}

/** A token as the `/auth` endpoints hand it out, in the words of RFC 6749. */
export class TokenDto {
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.c2lnbmF0dXJl' })
  access_token: string;

  @ApiProperty({ example: 'Bearer' })
  token_type: 'Bearer';

  @ApiProperty({ example: 3600, type: 'integer', description: 'Seconds.' })
  expires_in: number;
}

/** A guest's token. */
export class GuestTokenDto extends TokenDto {
  @ApiProperty({ example: 'guest_Zk3vJq0Jr0X1mXlq8c1m5A' })
  guest_id: string;
}

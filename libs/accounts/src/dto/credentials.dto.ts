import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { EXAMPLE_VALUES } from '#http';

const MIN_PASSWORD = 12;
const MAX_PASSWORD = 128;

/** The body of `POST /auth/register`. */
export class RegisterDto {
  @ApiProperty({
    example: 'someone@shop.example',
    maxLength: 254,
    description: 'In any case: addresses that differ only in that are the same.',
  })
  @MaxLength(254)
  @IsEmail()
  email: string;

  @ApiProperty({
    example: 'correct horse battery staple',
    minLength: MIN_PASSWORD,
    maxLength: MAX_PASSWORD,
    description: 'Any characters. Long is what counts (NIST SP 800-63B).',
  })
  @IsString()
  @Length(MIN_PASSWORD, MAX_PASSWORD)
  password: string;
}

/** The body of `POST /auth/login`. */
export class LoginDto {
  @ApiProperty({ example: 'someone@shop.example', maxLength: 254, description: 'The address of the account.' })
  @IsString()
  @MaxLength(254)
  email: string;

  @ApiProperty({
    example: 'correct horse battery staple',
    maxLength: MAX_PASSWORD,
    description: 'The password of the account.',
  })
  @IsString()
  @MaxLength(MAX_PASSWORD)
  password: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: 'Of a guest whose cart the user takes over, as by `POST /cart/merge`.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(8192)
  guest_token?: string | null;
}

/** The body of `POST /auth/refresh`. */
export class RefreshDto {
  @ApiProperty({
    example: EXAMPLE_VALUES.refresh_token,
    description: 'The `refresh_token` of the login or of the last refresh.',
  })
  @IsString()
  @MaxLength(128)
  refresh_token: string;
}

/** The body of `POST /auth/password`. */
export class ChangePasswordDto {
  @ApiProperty({
    example: 'correct horse battery staple',
    maxLength: MAX_PASSWORD,
    description: 'The password that the account has.',
  })
  @IsString()
  @MaxLength(MAX_PASSWORD)
  current_password: string;

  @ApiProperty({
    example: 'staple battery horse correct',
    minLength: MIN_PASSWORD,
    maxLength: MAX_PASSWORD,
    description: 'Any characters. Long is what counts (NIST SP 800-63B).',
  })
  @IsString()
  @Length(MIN_PASSWORD, MAX_PASSWORD)
  new_password: string;
}

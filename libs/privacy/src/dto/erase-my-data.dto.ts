import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

const MAX_PASSWORD = 128;

/** The body of `DELETE /me/data`. */
export class EraseMyDataDto {
  @ApiPropertyOptional({
    example: 'correct horse battery staple',
    maxLength: MAX_PASSWORD,
    description: 'Required if the caller has an account.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_PASSWORD)
  password?: string;
}

import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '#http';
import { Public } from '../guard/public.decorator.js';
import { TokenDto, TokenRequestDto } from './token.dto.js';
import { TokenService } from './token.service.js';

const DEFAULT_LIFETIME_SECONDS = 3600;

/** Tokens for development. Exists only with `AUTH_DEV_TOKENS=true`, which production rejects. */
@ApiTags('auth')
@Controller('auth')
@Public()
export class DevTokenController {
  constructor(private readonly tokens: TokenService) {}

  @Post('token')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Get a token for any user and roles (development only)',
    description:
      'For trying things out. In production tokens come from your identity provider. A token with an `actor` is for the cart ' +
      'of another user, and cannot merge carts or erase data: set `actor` to null for a token of the user.',
  })
  @ApiOkResponse({ type: TokenDto, description: 'A token for **Authorize**.' })
  @ApiProblems('rate_limit_exceeded', 'redis_unavailable', 'shutting_down')
  createToken(@Body() { user_id, roles, actor, expires_in }: TokenRequestDto): TokenDto {
    const expiresIn = expires_in ?? DEFAULT_LIFETIME_SECONDS;
    const token = this.tokens.issue({
      userId: user_id,
      expiresIn,
      ...(roles != null && { roles }),
      ...(actor != null && { actor }),
    });
    return { access_token: token, token_type: 'Bearer', expires_in: expiresIn };
  }
}

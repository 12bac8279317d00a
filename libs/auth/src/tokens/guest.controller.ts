import { randomBytes } from 'node:crypto';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '#http';
import { Public } from '../guard/public.decorator.js';
import { GuestTokenDto } from './token.dto.js';
import { TokenService } from './token.service.js';

const LIFETIME_SECONDS = 30 * 86_400;
const ID_BYTES = 16;

/** Tokens for shoppers who have not signed in. `AUTH_GUESTS=false` removes the endpoint. */
@ApiTags('auth')
@Controller('auth')
@Public()
export class GuestController {
  constructor(private readonly tokens: TokenService) {}

  @Post('guest')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Get a token for a new guest',
    description: 'For shoppers who have not signed in. `POST /cart/merge` takes their cart over once they have.',
  })
  @ApiOkResponse({ type: GuestTokenDto, description: 'A token for **Authorize**.' })
  @ApiProblems('rate_limit_exceeded', 'redis_unavailable', 'shutting_down')
  createGuest(): GuestTokenDto {
    const guestId = `guest_${randomBytes(ID_BYTES).toString('base64url')}`;
    const token = this.tokens.issue({ userId: guestId, guest: true, expiresIn: LIFETIME_SECONDS });
    return { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, guest_id: guestId };
  }
}

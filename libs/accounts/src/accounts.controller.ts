import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, CurrentCaller, Public } from '#auth';
import { ApiProblems, ClientAddress, ClientNetwork } from '#http';
import type { Caller } from '#kernel';
import { AccountsService } from './accounts.service.js';
import { ChangePasswordDto, LoginDto, RefreshDto, RegisterDto } from './dto/credentials.dto.js';
import { RegisteredDto, SignedInDto } from './dto/signed-in.dto.js';
import { SignInService } from './sign-in.service.js';

/** Accounts managed by this service. Enabled by `AUTH_ACCOUNTS=true`. */
@ApiTags('auth')
@Controller('auth')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly signIn: SignInService,
  ) {}

  @Post('register')
  @ApiProblems('write_not_replicated')
  @Public()
  @ApiOperation({
    summary: 'Make an account',
    description: 'With an e-mail address that no account has yet. It does not sign in: `POST /auth/login` does.',
  })
  @ApiCreatedResponse({ type: RegisteredDto, description: 'The new user, who can sign in now.' })
  @ApiProblems('email_taken', 'foreign_data', 'redis_full')
  @ApiProblems('rate_limit_exceeded', 'redis_unavailable', 'shutting_down')
  async register(@Body() credentials: RegisterDto): Promise<RegisteredDto> {
    return { user_id: await this.accounts.register(credentials) };
  }

  @Post('login')
  @ApiProblems('write_not_replicated')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Sign in', description: 'Opens a session, and may take over the cart of a guest.' })
  @ApiOkResponse({ type: SignedInDto, description: 'Tokens that are valid as long as the session is active.' })
  @ApiProblems('invalid_guest_token', 'invalid_credentials', 'foreign_data', 'redis_full')
  @ApiProblems('rate_limit_exceeded', 'redis_unavailable', 'shutting_down')
  async login(
    @ClientAddress() ip: string | undefined,
    @ClientNetwork() network: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Body() { email, password, guest_token }: LoginDto,
  ): Promise<SignedInDto> {
    const device = { userAgent, ip, network };
    return SignedInDto.of(await this.signIn.login({ email, password }, device, guest_token ?? undefined));
  }

  @Post('refresh')
  @ApiProblems('write_not_replicated')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Get new tokens',
    description:
      'For `AUTH_REFRESH_GRACE_SECONDS` after its first use a refresh token gets the same successor again, for a second tab ' +
      'or a lost response. A use after that is theft, and the session ends.',
  })
  @ApiOkResponse({ type: SignedInDto, description: 'New tokens of the same session.' })
  @ApiProblems('invalid_refresh_token', 'foreign_data')
  @ApiProblems('rate_limit_exceeded', 'redis_unavailable', 'shutting_down')
  async refresh(@Body() { refresh_token }: RefreshDto): Promise<SignedInDto> {
    return SignedInDto.of(await this.signIn.refresh(refresh_token));
  }

  @Post('password')
  @ApiProblems('write_not_replicated')
  @HttpCode(204)
  @ApiAuthenticated('account')
  @ApiOperation({
    summary: 'Change the password',
    description: 'Ends all sessions except the one of the token. After a 503 the same request completes the change.',
  })
  @ApiNoContentResponse({ description: 'It is changed.' })
  @ApiProblems('invalid_credentials', 'redis_full')
  async changePassword(
    @CurrentCaller() caller: Caller,
    @ClientNetwork() network: string,
    @Body() { current_password, new_password }: ChangePasswordDto,
  ): Promise<void> {
    await this.accounts.changePassword(caller, { current: current_password, next: new_password }, network);
  }

  @Post('logout')
  @ApiProblems('write_not_replicated')
  @HttpCode(204)
  @ApiAuthenticated('account')
  @ApiOperation({ summary: 'Sign out', description: 'Ends the session of the token that `POST /auth/login` returned.' })
  @ApiNoContentResponse({ description: 'The session is over, and with it all its tokens.' })
  async logout(@CurrentCaller() caller: Caller): Promise<void> {
    await this.signIn.logout(caller);
  }
}

import { Body, Controller, Delete, Get, HttpCode, UseGuards } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, CurrentCaller, CurrentUser, NoActorGuard } from '#auth';
import { ApiProblems, ClientNetwork } from '#http';
import type { Caller } from '#kernel';
import { EraseMyDataDto } from './dto/erase-my-data.dto.js';
import { UserDataDto } from './dto/user-data.dto.js';
import { PrivacyService } from './privacy.service.js';

/** What is stored about the caller. */
@ApiTags('privacy')
@ApiAuthenticated()
@Controller('me/data')
export class MyDataController {
  constructor(private readonly privacy: PrivacyService) {}

  @Get()
  @ApiOperation({ summary: 'Get all your data', description: 'Without password hashes and tokens.' })
  @ApiOkResponse({ type: UserDataDto, description: 'Everything that is stored about the caller.' })
  async export(@CurrentUser() userId: string): Promise<UserDataDto> {
    return UserDataDto.of(await this.privacy.export(userId));
  }

  @Delete()
  @HttpCode(204)
  @UseGuards(NoActorGuard)
  @ApiOperation({
    summary: 'Erase all your data',
    description:
      'Includes the account, if the caller has one: then the body must contain its password. Ends all sessions, and with them ' +
      'the tokens that are bound to one. After a 503 the same request completes the erasure.',
  })
  @ApiBody({ type: EraseMyDataDto, required: false })
  @ApiNoContentResponse({ description: 'Nothing is stored about the caller any more.' })
  @ApiProblems('forbidden', 'invalid_credentials', 'redis_full', 'write_not_replicated')
  async erase(
    @CurrentCaller() caller: Caller,
    @ClientNetwork() network: string,
    @Body() body?: EraseMyDataDto,
  ): Promise<void> {
    await this.privacy.eraseOwn(caller, body?.password ?? undefined, network);
  }
}

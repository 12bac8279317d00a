import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, CurrentCaller, Roles } from '#auth';
import { ApiProblems, EXAMPLE_VALUES } from '#http';
import type { Caller } from '#kernel';
import { UserDataDto } from './dto/user-data.dto.js';
import { PrivacyService } from './privacy.service.js';
import { UserIdPipe } from './user-id.pipe.js';

// Not the user of other examples: Swagger UI erases this one.
const USER_ID = { name: 'user_id', description: 'A user or a guest.', example: EXAMPLE_VALUES.account_id };

/** What is stored about any user, for those who handle requests of users. Each use is logged. */
@ApiTags('privacy')
@ApiAuthenticated()
@ApiProblems('forbidden')
@Controller('users/:user_id/data')
export class UserDataController {
  constructor(private readonly privacy: PrivacyService) {}

  @Get()
  @Roles('privacy')
  @ApiOperation({ summary: 'Get all data of a user (role privacy)', description: 'As `GET /me/data` does.' })
  @ApiParam(USER_ID)
  @ApiOkResponse({ type: UserDataDto, description: 'Everything that is stored about the user.' })
  async exportUser(
    @CurrentCaller() caller: Caller,
    @Param('user_id', UserIdPipe) userId: string,
  ): Promise<UserDataDto> {
    return UserDataDto.of(await this.privacy.exportFor(caller, userId));
  }

  @Delete()
  @HttpCode(204)
  @Roles('privacy')
  @ApiOperation({
    summary: 'Erase all data of a user (role privacy)',
    description: 'As `DELETE /me/data` does, without a password.',
  })
  @ApiParam(USER_ID)
  @ApiNoContentResponse({ description: 'Nothing is stored about the user any more.' })
  @ApiProblems('redis_full', 'write_not_replicated')
  async eraseUser(@CurrentCaller() caller: Caller, @Param('user_id', UserIdPipe) userId: string): Promise<void> {
    await this.privacy.eraseFor(caller, userId);
  }
}

import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiAuthenticated, CurrentCaller, CurrentUser } from '#auth';
import { ApiProblems, ClientAddress, EXAMPLE_VALUES } from '#http';
import type { Caller } from '#kernel';
import { CreateSessionDto } from './dto/create-session.dto.js';
import { DeleteSessionsDto } from './dto/delete-sessions.dto.js';
import { OpenedSessionDto } from './dto/opened-session.dto.js';
import { RenewSessionDto } from './dto/renew-session.dto.js';
import { RevokedSessionsDto, SessionListDto } from './dto/session-list.dto.js';
import { SessionDto } from './dto/session.dto.js';
import { UpdateSessionDto } from './dto/update-session.dto.js';
import { SessionService } from './session.service.js';
import { SessionTokens } from './session-tokens.js';

const SESSION_ID = {
  name: 'session_id',
  description: 'The `session_id` that `POST /session/create` returned.',
  example: EXAMPLE_VALUES.session_id,
};

/** The caller's own sessions. In the order in which the API documentation can execute them: nothing is read once it has ended. */
@ApiTags('session')
@ApiAuthenticated()
@Controller('session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly tokens: SessionTokens,
  ) {}

  @Post('create')
  @ApiProblems('write_not_replicated')
  @ApiOperation({
    summary: 'Create a session',
    description: 'A user has `SESSION_MAX_PER_USER` at most: with one more, the one idle longest ends.',
  })
  @ApiBody({ type: CreateSessionDto, required: false })
  @ApiCreatedResponse({ type: OpenedSessionDto, description: 'The new session.' })
  @ApiProblems('redis_full')
  async create(
    @CurrentCaller() caller: Caller,
    @ClientAddress() ip: string | undefined,
    @Headers('user-agent') userAgent: string | undefined,
    @Body() body?: CreateSessionDto,
  ): Promise<OpenedSessionDto> {
    const { preferences, data, bind } = body ?? {};
    if (bind === true) this.tokens.requireSigning();
    const opened = { preferences: preferences ?? {}, data: data ?? {}, userAgent, ip };
    const created = await this.sessions.create(caller.userId, opened);
    return OpenedSessionDto.withToken(created, bind === true ? this.tokens.bind(caller, created.session) : undefined);
  }

  @Post(':session_id/renew')
  @ApiProblems('write_not_replicated')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a session a new id',
    description: 'The old id is valid until the response is sent, and never afterwards.',
  })
  @ApiParam(SESSION_ID)
  @ApiBody({ type: RenewSessionDto, required: false })
  @ApiOkResponse({ type: OpenedSessionDto, description: 'The session under its new id.' })
  @ApiProblems('session_not_found', 'redis_full')
  async renew(
    @CurrentCaller() caller: Caller,
    @Param('session_id') sessionId: string,
    @Body() body?: RenewSessionDto,
  ): Promise<OpenedSessionDto> {
    const bind = body?.bind ?? caller.sessionId === sessionId;
    if (bind) this.tokens.requireSigning();
    const renewed = await this.sessions.renew(caller.userId, sessionId);
    return OpenedSessionDto.withToken(renewed, bind ? this.tokens.bind(caller, renewed.session) : undefined);
  }

  @Get(':session_id')
  @ApiOperation({
    summary: 'Get a session and renew its idle time',
    description: 'A session of another user is 404, like one that has ended.',
  })
  @ApiParam(SESSION_ID)
  @ApiOkResponse({ type: SessionDto, description: 'The session, renewed.' })
  @ApiProblems('session_not_found')
  async get(@CurrentUser() userId: string, @Param('session_id') sessionId: string): Promise<SessionDto> {
    return SessionDto.of(await this.sessions.get(userId, sessionId));
  }

  @Patch(':session_id')
  @ApiProblems('write_not_replicated')
  @ApiOperation({
    summary: 'Change preferences and data',
    description: 'By JSON Merge Patch (RFC 7396). Changes that come at once are all merged.',
  })
  @ApiParam(SESSION_ID)
  @ApiOkResponse({ type: SessionDto, description: 'The session, changed and renewed.' })
  @ApiProblems('session_not_found', 'redis_full')
  async patch(
    @CurrentUser() userId: string,
    @Param('session_id') sessionId: string,
    @Body() patch: UpdateSessionDto,
  ): Promise<SessionDto> {
    return SessionDto.of(await this.sessions.patch(userId, sessionId, patch));
  }

  @Delete(':session_id')
  @ApiProblems('write_not_replicated')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End a session',
    description: 'Tokens that are bound to it are rejected from then on, with `session_revoked`.',
  })
  @ApiParam(SESSION_ID)
  @ApiNoContentResponse({ description: 'The session is over.' })
  @ApiProblems('session_not_found')
  async delete(@CurrentUser() userId: string, @Param('session_id') sessionId: string): Promise<void> {
    await this.sessions.delete(userId, sessionId);
  }

  @Get()
  @ApiOperation({ summary: 'List the sessions', description: 'None of them is renewed by that.' })
  @ApiOkResponse({ type: SessionListDto, description: 'All sessions of the caller.' })
  async list(@CurrentUser() userId: string): Promise<SessionListDto> {
    const sessions = await this.sessions.list(userId);
    return { sessions: sessions.map((session) => SessionDto.of(session)) };
  }

  @Delete()
  @ApiProblems('write_not_replicated')
  @ApiOperation({ summary: 'End all sessions', description: 'Except the one that `except` names.' })
  @ApiOkResponse({ type: RevokedSessionsDto, description: 'They are over.' })
  async deleteAll(@CurrentUser() userId: string, @Query() { except }: DeleteSessionsDto): Promise<RevokedSessionsDto> {
    return { revoked: await this.sessions.deleteAll(userId, except) };
  }
}

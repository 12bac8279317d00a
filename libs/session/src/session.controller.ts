import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiAuthenticated, CurrentUser } from '#auth';
import { ApiProblems } from '#common';
import { CreateSessionDto } from './dto/create-session.dto.js';
import { SessionDto } from './dto/session.dto.js';
import { SessionService } from './session.service.js';

// No example: Swagger UI would ask for a session that never was.
const SESSION_ID = { name: 'session_id', description: 'What `POST /session/create` answered as `session_id`.' };

/** The caller's own sessions. */
@ApiTags('session')
@ApiAuthenticated()
@Controller('session')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post('create')
  @ApiOperation({ summary: 'Create a session' })
  @ApiBody({ type: CreateSessionDto, required: false })
  @ApiCreatedResponse({ type: SessionDto, description: 'The new session.' })
  @ApiProblems('validation_failed', 'malformed_json', 'payload_too_large', 'unsupported_media_type')
  async create(
    @CurrentUser() userId: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Body() body?: CreateSessionDto,
  ): Promise<SessionDto> {
    const { preferences, data } = body ?? {};
    const created = await this.sessions.create(userId, { preferences: preferences ?? {}, data: data ?? {}, userAgent });
    return SessionDto.of(created);
  }

  @Get(':session_id')
  @ApiOperation({ summary: 'Get a session and renew its idle time' })
  @ApiParam(SESSION_ID)
  @ApiOkResponse({ type: SessionDto, description: 'The session, renewed.' })
  @ApiProblems('session_not_found')
  async get(@CurrentUser() userId: string, @Param('session_id') sessionId: string): Promise<SessionDto> {
    return SessionDto.of(await this.sessions.get(userId, sessionId));
  }

  @Delete(':session_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a session' })
  @ApiParam(SESSION_ID)
  @ApiNoContentResponse({ description: 'The session is over.' })
  @ApiProblems('session_not_found')
  async delete(@CurrentUser() userId: string, @Param('session_id') sessionId: string): Promise<void> {
    await this.sessions.delete(userId, sessionId);
  }
}

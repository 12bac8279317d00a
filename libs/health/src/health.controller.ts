import { Controller, Get, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '#auth';
import { DetailsAccess } from './details-access.js';
import { HealthDto } from './dto/health.dto.js';
import { LiveDto } from './dto/live.dto.js';
import { ReadyDto } from './dto/ready.dto.js';
import { HealthService } from './health.service.js';

/** Health endpoints for people and probes, without a token or a rate limit. */
@ApiTags('monitoring')
@Public()
@SkipThrottle()
@Controller('health')
export class HealthController {
  constructor(
    private readonly service: HealthService,
    private readonly access: DetailsAccess,
  ) {}

  @Get()
  @ApiSecurity({})
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Health of the service and its Redis',
    description: 'Details for the role ops, or for everyone if the service is set so; otherwise only the status.',
  })
  @ApiOkResponse({ type: HealthDto, description: 'Healthy.' })
  @ApiServiceUnavailableResponse({ type: HealthDto, description: 'Redis is unavailable.' })
  async health(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<HealthDto> {
    const isDetailed = await this.access.isAllowed(request);
    const health = isDetailed ? await this.service.health() : await this.service.status();
    if (health.status === 'unhealthy') response.status(503);
    return health;
  }

  @Get('live')
  @ApiOperation({ summary: 'Liveness probe', description: 'Whether the process responds; never asks Redis.' })
  @ApiOkResponse({ type: LiveDto, description: 'Alive.' })
  live(): LiveDto {
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Readiness probe', description: 'Whether this instance should get requests.' })
  @ApiOkResponse({ type: ReadyDto, description: 'Ready.' })
  @ApiServiceUnavailableResponse({
    type: ReadyDto,
    description: 'Redis is unavailable, or the process is shutting down.',
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadyDto> {
    const ready = await this.service.ready();
    if (ready.status === 'not_ready') response.status(503);
    return ready;
  }
}

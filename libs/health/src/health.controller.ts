import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '#auth';
import { HealthDto } from './dto/health.dto.js';
import { LiveDto } from './dto/live.dto.js';
import { ReadyDto } from './dto/ready.dto.js';
import { HealthService } from './health.service.js';

/** For people and probes: no token, no limit. */
@ApiTags('monitoring')
@Public()
@SkipThrottle()
@Controller('health')
export class HealthController {
  constructor(private readonly service: HealthService) {}

  @Get()
  @ApiOperation({ summary: 'Health of the service and its Redis' })
  @ApiOkResponse({ type: HealthDto, description: 'Healthy.' })
  @ApiServiceUnavailableResponse({ type: HealthDto, description: 'Redis is unavailable.' })
  async health(@Res({ passthrough: true }) response: Response): Promise<HealthDto> {
    const health = await this.service.health();
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

import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiAuthenticated, Roles } from '#auth';
import { ApiProblems } from '#http';
import { RedisInfoDto } from './dto/redis-info.dto.js';
import { HealthService } from './health.service.js';

/** Redis's own figures, for operators. */
@ApiTags('monitoring')
@ApiAuthenticated()
@Controller('redis')
export class RedisInfoController {
  constructor(private readonly service: HealthService) {}

  @Get('info')
  @Roles('ops')
  @ApiOperation({ summary: 'State of Redis (role ops)', description: 'What `INFO` says, parsed.' })
  @ApiOkResponse({ type: RedisInfoDto, description: 'The sections of `INFO`.' })
  @ApiProblems('forbidden')
  async redisInfo(): Promise<RedisInfoDto> {
    return this.service.redisInfo();
  }
}

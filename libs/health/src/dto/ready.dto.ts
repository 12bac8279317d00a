import { ApiProperty } from '@nestjs/swagger';

class ReadyChecksDto {
  @ApiProperty({
    example: 'up',
    enum: ['up', 'down'],
    description: 'Whether Redis can serve requests. With READINESS_REDIS=degraded, down does not imply not_ready.',
  })
  redis: 'up' | 'down';

  @ApiProperty({ example: 'up', enum: ['up', 'down'], description: 'down once the process is shutting down.' })
  shutdown: 'up' | 'down';
}

/** The response of `GET /health/ready`. */
export class ReadyDto {
  @ApiProperty({ example: 'ready', enum: ['ready', 'not_ready'], description: 'Not ready if a check is down.' })
  status: 'ready' | 'not_ready';

  @ApiProperty({ type: ReadyChecksDto })
  checks: ReadyChecksDto;
}

import { ApiProperty } from '@nestjs/swagger';

class ReadyChecksDto {
  @ApiProperty({ example: 'up', enum: ['up', 'down'] })
  redis: 'up' | 'down';

  @ApiProperty({ example: 'up', enum: ['up', 'down'], description: 'down once the process is shutting down.' })
  shutdown: 'up' | 'down';
}

/** The response of `GET /health/ready`. */
export class ReadyDto {
  @ApiProperty({ example: 'ready', enum: ['ready', 'not_ready'] })
  status: 'ready' | 'not_ready';

  @ApiProperty({ type: ReadyChecksDto })
  checks: ReadyChecksDto;
}

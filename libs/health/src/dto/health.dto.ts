import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class RedisHealthDto {
  @ApiProperty({ example: true, description: 'Whether Redis responds.' })
  connected: boolean;

  @ApiProperty({
    example: 0.21,
    type: Number,
    nullable: true,
    description: 'Of a `PING`, in milliseconds; null if Redis is unavailable, like the rest.',
  })
  latency_ms: number | null;

  @ApiProperty({ example: '7.0.15', type: String, nullable: true, description: 'The version of Redis.' })
  version: string | null;

  @ApiProperty({ example: '1.02M', type: String, nullable: true, description: "Redis's own figure, such as `1.02M`." })
  used_memory_human: string | null;

  @ApiProperty({
    example: 3,
    type: 'integer',
    nullable: true,
    description: 'All clients of Redis, not only this service.',
  })
  connected_clients: number | null;

  @ApiProperty({ example: 86400, type: 'integer', nullable: true, description: 'Since Redis started.' })
  uptime_in_seconds: number | null;
}

/** The response of `GET /health`. Callers who may not see the details get the status alone. */
export class HealthDto {
  @ApiProperty({
    example: 'healthy',
    enum: ['healthy', 'unhealthy'],
    description: 'Unhealthy if Redis is unavailable.',
  })
  status: 'healthy' | 'unhealthy';

  @ApiPropertyOptional({ type: RedisHealthDto })
  redis?: RedisHealthDto;

  @ApiPropertyOptional({
    example: '2026-11-22T21:00:00.000Z',
    format: 'date-time',
    description: 'When it was looked at.',
  })
  timestamp?: string;

  @ApiPropertyOptional({ example: '0.2.0', description: 'The version of the service.' })
  version?: string;

  @ApiPropertyOptional({ example: 3600, type: 'integer', description: 'Since this instance started.' })
  uptime_seconds?: number;
}

/** All that `GET /health` can say. */
export type DetailedHealth = Required<HealthDto>;

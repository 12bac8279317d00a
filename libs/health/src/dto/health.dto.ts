import { ApiProperty } from '@nestjs/swagger';

class RedisHealthDto {
  @ApiProperty({ example: true })
  connected: boolean;

  @ApiProperty({ example: 0.21, type: Number, nullable: true })
  latency_ms: number | null;

  @ApiProperty({ example: '7.0.15', type: String, nullable: true })
  version: string | null;

  @ApiProperty({ example: '1.02M', type: String, nullable: true })
  used_memory_human: string | null;

  @ApiProperty({ example: 3, type: 'integer', nullable: true })
  connected_clients: number | null;

  @ApiProperty({ example: 86400, type: 'integer', nullable: true })
  uptime_in_seconds: number | null;
}

/** The response of `GET /health`. */
export class HealthDto {
  @ApiProperty({ example: 'healthy', enum: ['healthy', 'unhealthy'] })
  status: 'healthy' | 'unhealthy';

  @ApiProperty({ type: RedisHealthDto })
  redis: RedisHealthDto;

  @ApiProperty({ example: '2026-11-22T21:00:00.000Z', format: 'date-time' })
  timestamp: string;

  @ApiProperty({ example: '0.1.0' })
  version: string;

  @ApiProperty({ example: 3600, type: 'integer' })
  uptime_seconds: number;
}

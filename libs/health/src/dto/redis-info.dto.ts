import { ApiProperty } from '@nestjs/swagger';
import type { InfoSection } from '../redis/redis-info.js';

/** The response of `GET /redis/info`: the sections of Redis's `INFO`. */
export class RedisInfoDto {
  @ApiProperty({
    example: { redis_version: '7.0.15' },
    type: 'object',
    additionalProperties: true,
    description: 'The section `Server` of `INFO`, in part.',
  })
  server: InfoSection;

  @ApiProperty({
    example: { used_memory_human: '1.02M' },
    type: 'object',
    additionalProperties: true,
    description: 'The section `Memory`, in part.',
  })
  memory: InfoSection;

  @ApiProperty({
    example: { connected_clients: 3 },
    type: 'object',
    additionalProperties: true,
    description: 'The section `Clients`, in part.',
  })
  clients: InfoSection;

  @ApiProperty({
    example: { total_commands_processed: 42 },
    type: 'object',
    additionalProperties: true,
    description: 'The section `Stats`, in part.',
  })
  stats: InfoSection;

  @ApiProperty({
    example: { db0: { keys: 1, expires: 0, avg_ttl: 0 } },
    type: 'object',
    additionalProperties: true,
    description: 'The section `Keyspace`: a member for each database.',
  })
  keyspace: InfoSection;
}

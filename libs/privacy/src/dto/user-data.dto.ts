import { ApiProperty } from '@nestjs/swagger';
import { isoTime } from '#kernel';
import type { UserData } from '../privacy.service.js';

/** Everything that is stored about a user. */
export class UserDataDto {
  @ApiProperty({ example: 'user123', description: 'Whose data it is.' })
  user_id: string;

  @ApiProperty({ example: '2026-11-26T09:00:00.000Z', format: 'date-time', description: 'When it was read.' })
  exported_at: string;

  @ApiProperty({
    example: { account: null, sessions: [], rate_limit: { requests: 1, resets_in: 60 } },
    type: 'object',
    additionalProperties: true,
    description:
      'One member for each kind of data: `account`, `sessions`, `merges`, `cart` with its saved items, `checkouts`, ' +
      '`idempotency_keys`, `metrics`, `rate_limit` and `events`. docs/privacy.md describes them.',
  })
  data: Readonly<Record<string, unknown>>;

  static of({ userId, exportedAt, data }: UserData): UserDataDto {
    return { user_id: userId, exported_at: isoTime(exportedAt), data };
  }
}

import { ApiProperty } from '@nestjs/swagger';
import { EXAMPLE_VALUES } from '#http';
import type { JsonObject } from '../domain/json-object.js';
import type { LiveSession } from '../session.service.js';

/** A session, as the endpoints return it. Times are in Unix seconds. */
export class SessionDto {
  @ApiProperty({ example: EXAMPLE_VALUES.session_id, description: 'Opaque: 256 random bits.' })
  session_id: string;

  @ApiProperty({ example: 'user123', description: 'The user, or guest, that it belongs to.' })
  user_id: string;

  @ApiProperty({ example: 3, type: 'integer', description: "The number of items in the user's cart now." })
  cart_count: number;

  @ApiProperty({ example: 1732310000, type: 'integer', description: 'Unix seconds.' })
  last_activity: number;

  @ApiProperty({ example: 1732309000, type: 'integer', description: 'Unix seconds.' })
  created_at: number;

  @ApiProperty({
    example: 1732313600,
    type: 'integer',
    description: 'Unix seconds; put off by every request for the session.',
  })
  expires_at: number;

  @ApiProperty({
    example: { theme: 'dark', language: 'en' },
    type: 'object',
    additionalProperties: true,
    description: 'What the user chose.',
  })
  preferences: JsonObject;

  @ApiProperty({
    example: { last_page: '/products/laptop' },
    type: 'object',
    additionalProperties: true,
    description: 'What the client keeps here.',
  })
  data: JsonObject;

  @ApiProperty({
    example: 'Mozilla/5.0',
    type: String,
    nullable: true,
    description: 'The `User-Agent` that created it; null if it sent none.',
  })
  user_agent: string | null;

  @ApiProperty({ example: '203.0.113.7', type: String, nullable: true, description: 'Where it was created from.' })
  ip: string | null;

  static of({ session, cartCount }: LiveSession): SessionDto {
    return {
      session_id: session.id,
      user_id: session.userId,
      cart_count: cartCount,
      last_activity: session.lastActivity,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
      preferences: session.preferences,
      data: session.data,
      user_agent: session.userAgent,
      ip: session.ip,
    };
  }
}

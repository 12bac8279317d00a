import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { HeaderObject } from '#http';
import { CartChangeEventDto, CartSyncEventDto } from './cart-events.dto.js';

const EXAMPLE = `event: sync
id: 4f1c22a9.6
retry: 1000
data: {"life":"4f1c22a9","version":6}

event: change
id: 4f1c22a9.7
data: {"type":"add","life":"4f1c22a9","version":7,"changes":[{"product_id":"laptop","before":1,"after":3}],"at":"2026-11-22T21:00:00.000Z"}

: heartbeat

`;

/** What keeps proxies from holding back or keeping a stream. */
const HEADERS: Record<string, HeaderObject> = {
  'X-Accel-Buffering': { description: 'For nginx.', required: true, schema: { type: 'string', example: 'no' } },
  Pragma: { description: 'For caches of HTTP/1.0.', required: true, schema: { type: 'string', example: 'no-cache' } },
  Expires: { description: 'For caches of HTTP/1.0.', required: true, schema: { type: 'string', example: '0' } },
};

/** Documents the stream of a cart's changes. */
export function ApiCartEvents(): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(CartSyncEventDto, CartChangeEventDto),
    ApiOperation({
      summary: 'Follow the changes of the cart',
      description:
        'A stream of Server-Sent Events that stays open: `change` for each change of the cart, by whatever client, and ' +
        '`sync` with the version that the cart has, where earlier changes may have been missed. Each change is sent at ' +
        'most once; a client that sees a version left out, a `sync` with another life or version than its own, or a change ' +
        'whose `changes` are null because they are too large (over 1 KiB), reads the cart again. The data of the ' +
        'events is JSON: `CartSyncEventDto` and `CartChangeEventDto` under Schemas. The page here cannot show a stream ' +
        'that does not end; `curl -N -H "Authorization: Bearer …"` does. A user can have 5 streams open.',
    }),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'The `id` of the last event that you received: the stream begins with the changes since then.',
      schema: { type: 'string' },
    }),
    ApiOkResponse({
      description: 'The events, until the client leaves, its token expires or the instance shuts down.',
      headers: HEADERS,
      content: { 'text/event-stream': { schema: { type: 'string', example: EXAMPLE } } },
    }),
  );
}

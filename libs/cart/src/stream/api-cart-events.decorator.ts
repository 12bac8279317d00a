import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
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

/** The data of each kind of event. */
const EVENTS = [CartSyncEventDto, CartChangeEventDto];

/** Headers that keep proxies from buffering or caching a stream. */
const HEADERS: Record<string, HeaderObject> = {
  'X-Accel-Buffering': { description: 'For nginx.', required: true, schema: { type: 'string', example: 'no' } },
  Pragma: { description: 'For caches of HTTP/1.0.', required: true, schema: { type: 'string', example: 'no-cache' } },
  Expires: { description: 'For caches of HTTP/1.0.', required: true, schema: { type: 'string', example: '0' } },
};

/** Documents the stream of a cart's changes. */
export function ApiCartEvents(): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(...EVENTS),
    ApiOperation({
      summary: 'Follow the changes of the cart',
      description:
        'A stream of Server-Sent Events that stays open. It sends `change` for each change of the cart, by any client, and ' +
        '`sync` with the current version if earlier changes may have been missed. Each change is sent at most once. Read ' +
        'the cart again if you see a gap in the versions, a `sync` with a life or version other than yours, or a change ' +
        'whose `changes` are null because they are larger than 1 KiB. A user can have 5 streams open.\n\n' +
        'The schema of the response is that of the JSON in `data`: `CartSyncEventDto` for `sync`, `CartChangeEventDto` for ' +
        '`change`. **Execute** shows the events of the first 5 seconds; the `curl` command that it prints follows the stream. ' +
        `On the wire:\n\n\`\`\`\n${EXAMPLE}\`\`\``,
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
      content: { 'text/event-stream': { schema: { anyOf: EVENTS.map((dto) => ({ $ref: getSchemaPath(dto) })) } } },
    }),
  );
}

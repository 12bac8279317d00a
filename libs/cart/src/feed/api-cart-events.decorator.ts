import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';

const EXAMPLE = `event: sync
id: 6
retry: 1000
data: {"version":6}

event: change
id: 7
data: {"type":"add","version":7,"changes":[{"product_id":"laptop","before":1,"after":3}],"at":"2026-11-22T21:00:00.000Z"}

: heartbeat

`;

/** Documents the stream of a cart's changes. */
export function ApiCartEvents(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      summary: 'Follow the changes of the cart',
      description:
        'A stream of Server-Sent Events that stays open: `change` for each change of the cart, by whatever client, and ' +
        '`sync` with the version that the cart has, where earlier changes may have been missed. Each change is sent at ' +
        'most once; a client that sees a version left out, or a `sync` with another version than its own, reads the ' +
        'cart again. The page here cannot show a stream that does not end; ' +
        '`curl -N -H "Authorization: Bearer …"` does. A user can have 5 streams open.',
    }),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'The version of the last event that you have had: the stream begins with the changes since then.',
      schema: { type: 'string' },
    }),
    ApiOkResponse({
      description: 'The events, until the client leaves, its token expires or the instance shuts down.',
      content: { 'text/event-stream': { schema: { type: 'string', example: EXAMPLE } } },
    }),
  );
}

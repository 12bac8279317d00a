import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage, METHODS, ServerResponse } from 'node:http';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Attributes,
  type Span,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions';
import { isProbeOrScrape } from '../../probe.js';
import { matchedRoute } from '../matched-route.js';
import { RedisTime } from '../redis-time.js';
import { sentStatus } from '../sent-status.js';
import type { RootSpans } from './root-spans.js';
import type { SpanIds } from './span-ids.js';
import { SpanScope } from './span-scope.js';

/** What Node publishes when the headers of a request have arrived. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The attributes that are known at the start, which samplers may look at. */
const AT_START = new Map<unknown, Attributes>(METHODS.map((method) => [method, attributesOf(method)]));
const OF_OTHERS = attributesOf('_OTHER');

/**
 * Gives each request its scope and, if it is sampled, a span from its headers to the end of its response. Probes and scrapes have
 * neither.
 */
export class ServerSpans {
  /**
   * @param roots the ids of requests that no trace has reached yet.
   * @param ids the tracer's source of ids.
   * @param withIds whether spans may contain paths, addresses and user ids.
   */
  constructor(
    private readonly tracer: Tracer,
    private readonly propagator: TextMapPropagator,
    private readonly roots: RootSpans,
    private readonly ids: SpanIds,
    private readonly withIds: boolean,
  ) {}

  subscribe(): void {
    subscribe('http.server.request.start', (message) => {
      if (isExchange(message) && !isProbeOrScrape(message.request.url ?? '')) this.begin(message);
    });
  }

  private begin({ request, response }: Exchange): void {
    const { headers, method = '' } = request;
    if (headers.traceparent === undefined) {
      const root = this.roots.next();
      if (!root.isSampled) {
        request.scope = new SpanScope(new RedisTime(), root.ids, false, ROOT_CONTEXT);
        return;
      }
      this.ids.nextTraceId = root.ids.traceId;
    }
    const attributes = AT_START.get(method) ?? OF_OTHERS;
    const name = String(attributes[ATTR_HTTP_REQUEST_METHOD]);
    const parent = this.propagator.extract(ROOT_CONTEXT, headers, HEADERS);
    const span = this.tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    const isSampled = span.isRecording();
    request.scope = new SpanScope(new RedisTime(), span.spanContext(), isSampled, parent);
    if (!isSampled) return;
    response.once('close', () => {
      this.end(span, name, { request, response });
    });
  }

  private end(span: Span, method: string, { request, response }: Exchange): void {
    const route = matchedRoute(request);
    const status = sentStatus(response);
    span.setAttributes({
      [ATTR_HTTP_RESPONSE_STATUS_CODE]: status,
      [ATTR_NETWORK_PROTOCOL_VERSION]: request.httpVersion,
      ...(this.withIds && idsOf(request)),
    });
    if (route !== undefined) span.setAttribute(ATTR_HTTP_ROUTE, route).updateName(`${method} ${route}`);
    if (status !== undefined && status >= 500) {
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, String(status));
    }
    span.end();
  }
}

const HEADERS = {
  get: (headers: IncomingMessage['headers'], name: string) => headers[name],
  keys: (headers: IncomingMessage['headers']) => Object.keys(headers),
};

function attributesOf(method: string): Attributes {
  return { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_URL_SCHEME]: 'http' };
}

/** What may tell who sent the request and what it was about. */
function idsOf(request: IncomingMessage): Attributes {
  const { url = '', socket } = request;
  return {
    [ATTR_URL_PATH]: url.split('?', 1)[0],
    [ATTR_CLIENT_ADDRESS]: socket.remoteAddress,
    ...userOf(request),
  };
}

/** The user of the token, whom the guards name in `caller`. */
function userOf(request: object): Attributes {
  const caller: unknown = 'caller' in request ? request.caller : undefined;
  const hasUser = typeof caller === 'object' && caller !== null && 'userId' in caller;
  return hasUser ? { 'user.id': String(caller.userId) } : {};
}

function isExchange(message: unknown): message is Exchange {
  if (typeof message !== 'object' || message === null || !('request' in message && 'response' in message)) return false;
  return message.request instanceof IncomingMessage && message.response instanceof ServerResponse;
}

import { subscribe } from 'node:diagnostics_channel';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
} from '@opentelemetry/semantic-conventions';
import { spanScope } from './span-scope.js';

/** A request of `fetch`, as undici publishes it. */
interface FetchRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  addHeader(name: string, value: string): unknown;
}

const HEADERS = {
  set: (request: FetchRequest, name: string, value: string) => {
    request.addHeader(name, value);
  },
};

/** Makes a span for each request to the product origin or the identity provider, and passes the trace on to them. */
export class ClientSpans {
  private readonly spans = new WeakMap<object, Span>();

  /** @param withIds whether spans may contain whole URLs. */
  constructor(
    private readonly tracer: Tracer,
    private readonly propagator: TextMapPropagator,
    private readonly withIds: boolean,
  ) {}

  subscribe(): void {
    subscribe('undici:request:create', (message) => {
      const request = requestIn(message);
      if (isFetchRequest(request)) this.begin(request);
    });
    subscribe('undici:request:headers', (message) => {
      this.respond(message);
    });
    subscribe('undici:request:trailers', (message) => {
      this.spanOf(message)?.end();
    });
    subscribe('undici:request:error', (message) => {
      this.fail(message);
    });
  }

  /** A request that no caller waits for, such as one for new keys, begins a trace of its own. */
  private begin(request: FetchRequest): void {
    const { method, origin, path } = request;
    const { hostname, port, protocol } = new URL(origin);
    const attributes = {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      [ATTR_SERVER_ADDRESS]: hostname,
      [ATTR_SERVER_PORT]: Number(port) || (protocol === 'https:' ? 443 : 80),
      ...(this.withIds && { [ATTR_URL_FULL]: `${origin}${path}` }),
    };
    const parent = spanScope()?.context ?? ROOT_CONTEXT;
    const span = this.tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, parent);
    this.propagator.inject(trace.setSpan(parent, span), request, HEADERS);
    if (span.isRecording()) this.spans.set(request, span);
  }

  private respond(message: unknown): void {
    const status = statusIn(message);
    const span = this.spanOf(message);
    span?.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
    if (status >= 400) span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, String(status));
  }

  private fail(message: unknown): void {
    const error = typeof message === 'object' && message !== null && 'error' in message ? message.error : undefined;
    const type = error instanceof Error ? error.name : '_OTHER';
    const span = this.spanOf(message);
    // The body of a response that is not needed is not read, which aborts it.
    if (type !== 'AbortError') span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTR_ERROR_TYPE, type);
    span?.end();
  }

  private spanOf(message: unknown): Span | undefined {
    const request = requestIn(message);
    return typeof request === 'object' && request !== null ? this.spans.get(request) : undefined;
  }
}

function requestIn(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'request' in message ? message.request : undefined;
}

function isFetchRequest(request: unknown): request is FetchRequest {
  if (typeof request !== 'object' || request === null) return false;
  if (!('origin' in request && 'path' in request && 'method' in request && 'addHeader' in request)) return false;
  const texts = [request.origin, request.path, request.method];
  return texts.every((text) => typeof text === 'string') && typeof request.addHeader === 'function';
}

function statusIn(message: unknown): number {
  const response = typeof message === 'object' && message !== null && 'response' in message ? message.response : {};
  const hasStatus = typeof response === 'object' && response !== null && 'statusCode' in response;
  return hasStatus ? Number(response.statusCode) : 0;
}

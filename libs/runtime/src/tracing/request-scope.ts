import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestListener } from 'node:http';
import { RedisTime } from './redis-time.js';

/** The span that something belongs to, with the names of the fields in log lines. */
export interface TraceIds {
  readonly trace_id: string;
  readonly span_id: string;
}

/** What belongs to one request, for all code that runs on its behalf. */
export interface RequestScope {
  readonly redis: RedisTime;
  /** undefined if requests are not traced. */
  readonly trace: TraceIds | undefined;
  /** Whether its spans are exported. If not, it has ids for its log lines, but no spans. */
  readonly isSampled: boolean;
}

declare module 'http' {
  interface IncomingMessage {
    /** undefined if nothing follows requests through the code. */
    scope?: RequestScope;
  }
}

/** The scope that the calling code runs in, across promises and timers. Node finds it at almost no cost from 24 on. */
export const requestScope = new AsyncLocalStorage<RequestScope | undefined>();

/** Runs what serves all requests, such as opening a shared connection, outside the scope of the request that came first. */
export function outsideRequests<T>(run: () => T): T {
  return requestScope.run(undefined, run);
}

const FIRST_NODE_WITH_CHEAP_SCOPES = 24;
const HAS_CHEAP_SCOPES = Number.parseInt(process.versions.node, 10) >= FIRST_NODE_WITH_CHEAP_SCOPES;

/**
 * Handles each request in its scope, if it has one from tracing, or if its time in Redis is needed and Node's scopes are cheap.
 * @param needsRedisTime whether something reads that time of requests that are not traced.
 */
export function inScope(handle: RequestListener, needsRedisTime: boolean): RequestListener {
  const isGiven = HAS_CHEAP_SCOPES && needsRedisTime;
  return (request, response) => {
    if (isGiven) request.scope ??= { redis: new RedisTime(), trace: undefined, isSampled: false };
    if (request.scope === undefined) handle(request, response);
    else requestScope.run(request.scope, handle, request, response);
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { leaveBodyUnread, PROBLEM_CONTENT_TYPE, requestIdFor, retryAfterOf, toProblem, type Cors } from '#http';
import { DomainError, ERROR_CATALOG } from '#kernel';
import { overloadRejections } from './overload.metrics.js';

const OVERLOADED = new DomainError('overloaded', 'This instance has more requests than it can serve. Try again.');
/** Milliseconds between two rounds of responses. */
const ROUND_MS = 10;
/** So that all rounds take a twentieth of a core: 2500 responses a second, about 20 µs each. */
const ROUND_SIZE = 25;

/** One log line summarizes the rejections of this many milliseconds. */
const LOGGED_EVERY_MS = 1000;

type Pair = readonly [IncomingMessage, ServerResponse];

/**
 * Responds with 503 `overloaded`, without Express. The rate of these responses is limited: a client that waits for its response
 * sends nothing on that connection, and it is cheapest to reject what the service does not have to read.
 */
export class Rejections {
  private readonly logger = new Logger('Overload');
  private readonly waiting: Pair[] = [];
  private readonly beforeId: string;
  private readonly afterId: string;
  private left = ROUND_SIZE;
  private round: NodeJS.Timeout | undefined;
  private unlogged = 0;

  /**
   * @param headers the headers of every response of the service.
   * @param typeBase `PROBLEM_TYPE_BASE`.
   */
  constructor(
    private readonly headers: Map<string, string>,
    private readonly cors: Cors,
    typeBase: string,
  ) {
    const [beforeId = '', afterId = ''] = JSON.stringify(toProblem(OVERLOADED, '|', typeBase)).split('|');
    this.beforeId = beforeId;
    this.afterId = afterId;
  }

  /** Rejects a request, after those that were added before it. */
  add(request: IncomingMessage, response: ServerResponse): void {
    this.count();
    this.waiting.push([request, response]);
    this.respond();
  }

  private respond(): void {
    for (; this.left > 0 && this.waiting.length > 0; this.left -= 1) {
      const [request, response] = this.waiting.shift() ?? [];
      if (request?.socket.destroyed === false && response !== undefined) this.reject(request, response);
    }
    this.round ??= setTimeout(() => {
      this.round = undefined;
      this.left = ROUND_SIZE;
      if (this.waiting.length > 0) this.respond();
    }, ROUND_MS).unref();
  }

  private reject(request: IncomingMessage, response: ServerResponse): void {
    const requestId = requestIdFor(request);
    const body = this.beforeId + requestId + this.afterId;
    response.statusCode = ERROR_CATALOG.overloaded.status;
    response.setHeader('X-Request-Id', requestId);
    response.setHeaders(this.headers);
    response.setHeaders(this.cors.headersFor(request.headers.origin));
    leaveBodyUnread(request, response);
    response.setHeader('Retry-After', retryAfterOf(OVERLOADED, response.statusCode) ?? 1);
    response.setHeader('Content-Type', PROBLEM_CONTENT_TYPE);
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
  }

  private count(): void {
    overloadRejections.inc();
    this.unlogged += 1;
    if (this.unlogged > 1) return;
    setTimeout(() => {
      this.logger.warn(`Overloaded: rejected ${this.unlogged} requests within a second`);
      this.unlogged = 0;
    }, LOGGED_EVERY_MS).unref();
  }
}

import { createServer, IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { StreamableFile, type NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Application, type Response } from 'express';
import { JsonResponse } from '../response/json-response.js';
import { respondToOtherMethods } from './other-methods.js';
import { LATE_CHECK_MS } from './server.setup.js';

/** V8 has become better with changed prototypes: the constructors below save a fifth on Node 20 and 7 % on Node 24. */
const FIRST_NODE_WITHOUT_NEED = 26;

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * `requireWellFormed` checks the Host header, so that a missing one gets a whole response. Node would keep the first of two
 * Host or Authorization headers without a word; joined they are not valid.
 */
const SERVER_OPTIONS = {
  requireHostHeader: false,
  joinDuplicateHeaders: true,
  connectionsCheckingInterval: LATE_CHECK_MS,
};

/** What an Express application gives each request and response as its prototype; its types do not tell. */
interface Prototypes {
  request: object;
  response: object;
}

type NotFoundHandler = Parameters<ExpressAdapter['setNotFoundHandler']>;

/**
 * Nest's Express adapter, without what costs most of the time between Node's HTTP server and a handler, with answers
 * that are a `JsonResponse`, and with strict paths: a trailing slash or other case is another path.
 */
export class FastExpressAdapter extends ExpressAdapter {
  constructor() {
    const app = express();
    // Before the router exists, which takes both settings when it is made.
    app.enable('strict routing');
    app.enable('case sensitive routing');
    super(app);
  }

  /**
   * Lets the server make requests and responses with the prototypes that Express would give them, so that Express changes
   * none. V8 reads the properties of an object more slowly once its prototype was changed.
   */
  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    if (options.httpsOptions !== undefined || options.forceCloseConnections === true) return;
    const app = this.getInstance<RequestListener & Prototypes>();
    if (Number.parseInt(process.versions.node, 10) >= FIRST_NODE_WITHOUT_NEED) {
      this.httpServer = createServer(SERVER_OPTIONS, app);
      return;
    }
    class ExpressRequest extends IncomingMessage {}
    class ExpressResponse extends ServerResponse {}
    Object.setPrototypeOf(ExpressRequest.prototype, app.request);
    Object.setPrototypeOf(ExpressResponse.prototype, app.response);
    app.request = ExpressRequest.prototype;
    app.response = ExpressResponse.prototype;
    const constructors = { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
    this.httpServer = createServer({ ...SERVER_OPTIONS, ...constructors }, app);
  }

  /** Called when all routes are known. */
  override setNotFoundHandler(...[handler, ...rest]: NotFoundHandler): unknown {
    respondToOtherMethods(this.getInstance<Application>());
    return super.setNotFoundHandler(handler, ...rest);
  }

  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!(body instanceof JsonResponse)) return this.send(response, body, statusCode);
    for (const name in body.headers) {
      const value = body.headers[name] ?? '';
      response.setHeader(name, name === 'Vary' ? alsoVary(response, value) : value);
    }
    if (body.json !== undefined) response.setHeader('Content-Type', JSON_TYPE);
    return this.send(response, body.json, body.status ?? statusCode);
  }

  /**
   * Sends JSON as one string, head and body together, if nothing of what Express does with a response is asked for: no
   * entity tag of its own, no comparison with one, no HEAD, no stream.
   */
  private send(response: Response, body: unknown, statusCode: number | undefined): unknown {
    const text = this.getInstance<Application>().enabled('etag') ? undefined : plainJson(response, body);
    if (text === undefined) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', JSON_TYPE);
    response.setHeader('Content-Length', Buffer.byteLength(text));
    return response.end(text);
  }
}

/** What the response varies with besides what others have said: CORS says the origin. `response.vary` takes 1 µs. */
function alsoVary(response: Response, field: string): string {
  const known = response.getHeader('Vary');
  return known === undefined ? field : `${String(known)}, ${field}`;
}

/** The JSON text of a body; undefined if it is none, or has to be sent with more care. */
function plainJson(response: Response, body: unknown): string | undefined {
  const { method, headers } = response.req;
  if (method === 'HEAD' || headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined) return;
  const type = response.getHeader('Content-Type');
  if (typeof body === 'string') return type === JSON_TYPE ? body : undefined;
  if (type !== undefined && type !== JSON_TYPE) return;
  if (typeof body !== 'object' || body === null || body instanceof StreamableFile || body instanceof Error) return;
  return JSON.stringify(body);
}

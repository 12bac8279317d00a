import { createServer, IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { StreamableFile, type NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Application, type Response } from 'express';
import { JsonResponse } from '../response/json-response.js';
import { respondToOtherMethods } from './other-methods.js';
import { LATE_CHECK_MS } from './server.setup.js';

/** V8 handles changed prototypes better and better: the constructors below save a fifth on Node 20 and 7 % on Node 24. */
const FIRST_NODE_WITHOUT_NEED = 26;

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * `requireWellFormed` checks the Host header, so that a request without one gets a complete response. Node would silently keep
 * the first of two Host or Authorization headers; joined, they are invalid.
 */
const SERVER_OPTIONS = {
  requireHostHeader: false,
  joinDuplicateHeaders: true,
  connectionsCheckingInterval: LATE_CHECK_MS,
};

/** The prototypes that an Express application sets on each request and response; its types do not declare them. */
interface Prototypes {
  request: object;
  response: object;
}

type NotFoundHandler = Parameters<ExpressAdapter['setNotFoundHandler']>;

/**
 * Nest's Express adapter, but it skips most of the work between Node's HTTP server and a handler, sends `JsonResponse` results,
 * and has strict paths: a trailing slash or other case makes another path.
 */
export class FastExpressAdapter extends ExpressAdapter {
  constructor() {
    const app = express();
    // Before the router exists, which reads both settings when it is created.
    app.enable('strict routing');
    app.enable('case sensitive routing');
    super(app);
  }

  /**
   * Makes the server create requests and responses with the prototypes that Express would set, so that Express changes none. V8
   * reads the properties of an object more slowly after its prototype was changed.
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
    for (const [name, value] of Object.entries(body.headers)) {
      // CORS may have added the origin.
      if (name === 'Vary') response.vary(value);
      else response.setHeader(name, value);
    }
    if (body.json !== undefined) response.setHeader('Content-Type', JSON_TYPE);
    return this.send(response, body.json, body.status ?? statusCode);
  }

  /**
   * Sends JSON as one string, head and body together, unless the response needs a feature of Express: a generated or compared
   * entity tag, HEAD or a stream.
   */
  private send(response: Response, body: unknown, statusCode: number | undefined): unknown {
    const text = this.getInstance<Application>().enabled('etag') ? undefined : plainJson(response, body);
    if (text === undefined) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', JSON_TYPE);
    const bytes = Buffer.byteLength(text);
    response.setHeader('Content-Length', bytes);
    // Node writes Latin-1 in one system call with the head, but reserves three bytes for each character of UTF-8.
    return response.end(text, bytes === text.length ? 'latin1' : 'utf8');
  }
}

/** The JSON text of a body; undefined if it is not JSON, or Express has to send it. */
function plainJson(response: Response, body: unknown): string | undefined {
  const { method, headers } = response.req;
  if (method === 'HEAD' || headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined) return;
  const type = response.getHeader('Content-Type');
  if (typeof body === 'string') return type === JSON_TYPE ? body : undefined;
  if (type !== undefined && type !== JSON_TYPE) return;
  if (typeof body !== 'object' || body === null || body instanceof StreamableFile || body instanceof Error) return;
  return JSON.stringify(body);
}

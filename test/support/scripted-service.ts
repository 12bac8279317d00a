import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.js';

/** What a service does with one request. */
export type Step = (response: ServerResponse) => void;

/** A service that responds as a test has written down, request by request. */
export class ScriptedService extends LoopbackServer {
  readonly requests: { readonly name: string; readonly headers: IncomingMessage['headers'] }[] = [];
  private readonly steps: Step[] = [];

  static async start(): Promise<ScriptedService> {
    const service = new ScriptedService();
    await service.listen();
    return service;
  }

  /** What it does with the next requests. Those beyond get no response. */
  play(...steps: readonly Step[]): void {
    this.requests.length = 0;
    this.steps.splice(0, Infinity, ...steps);
  }

  protected respond(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push({ name: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers });
    request.resume().once('end', () => this.steps.shift()?.(response));
  }
}

export const json =
  (body: object, headers: Record<string, string> = {}): Step =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const problem =
  (status: number, code: string, headers: Record<string, string> = {}): Step =>
  (response) => {
    const body = { type: `urn:${code}`, title: code, status, code, detail: `${code}.`, request_id: 'r' };
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(body));
  };

export const brokenConnection: Step = (response) => {
  response.socket?.destroy();
};

/** A stream that stays open after these messages. */
export const stream =
  (...messages: readonly string[]): Step =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(messages.map((message) => `${message}\n\n`).join(''));
  };

export const endedStream =
  (...messages: readonly string[]): Step =>
  (response) => {
    stream(...messages)(response);
    response.end();
  };

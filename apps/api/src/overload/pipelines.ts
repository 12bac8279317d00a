import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pendingResponse } from '#http';

type Pair = Parameters<RequestListener>;

/**
 * Requests that a client has sent before the response to its last one: they are served one after another, as they are
 * answered. So a connection takes no more of the service than any other, however much is sent on it.
 */
export class Pipelines {
  private readonly waiting = new WeakMap<Socket, Pair[]>();

  /** @param serve takes a request when it is its turn. */
  constructor(private readonly serve: RequestListener) {}

  /** Has the request wait for the one before it on its connection. */
  add(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const waiting = this.waiting.get(socket);
    if (waiting !== undefined) {
      waiting.push([request, response]);
      return;
    }
    this.waiting.set(socket, [[request, response]]);
    socket.pause();
    this.followUp(socket, pendingResponse(socket));
  }

  private followUp(socket: Socket, current: ServerResponse | undefined): void {
    current?.once('close', () => {
      this.serveNext(socket);
    });
  }

  private serveNext(socket: Socket): void {
    const next = socket.destroyed ? undefined : this.waiting.get(socket)?.shift();
    if (next === undefined) {
      this.waiting.delete(socket);
      socket.resume();
      return;
    }
    this.followUp(socket, next[1]);
    this.serve(...next);
  }
}

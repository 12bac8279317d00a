import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pendingResponse } from '#http';

type Pair = Parameters<RequestListener>;

/**
 * Queues requests that a client sends before the response to its previous one, and serves them one after another. So a
 * connection takes no more of the service than any other, however many requests it sends.
 */
export class Pipelines {
  private readonly waiting = new WeakMap<Socket, Pair[]>();

  /** @param serve handles a request when the one before it has its response. */
  constructor(private readonly serve: RequestListener) {}

  /** Queues a request behind the one before it on its connection. */
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

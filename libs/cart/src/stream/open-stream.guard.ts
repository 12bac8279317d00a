import {
  createParamDecorator,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type MessageEvent,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { EMPTY, type Observable } from 'rxjs';
import { parseEventId, type EventId } from '#cart-events';
import { callerOf } from '#http';
import { cartOwnerOf } from '../write/cart-owner.js';
import { CartEvents } from './cart-events.service.js';

const opened = new WeakMap<Request, Observable<MessageEvent>>();

/**
 * Opens the stream before its handler runs. With interceptors, Nest sends the headers of an `@Sse` without waiting for the
 * handler, so a later failure could no longer become a problem+json response.
 */
@Injectable()
export class OpenStreamGuard implements CanActivate {
  constructor(private readonly cartEvents: CartEvents) {}

  /** @throws TooManyStreamsError, RedisUnavailableError */
  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<Request>();
    const over = endOf(context.switchToHttp().getResponse<Response>());
    opened.set(
      request,
      await this.cartEvents.open(callerOf(request), cartOwnerOf(request), lastEventId(request), over),
    );
    // An open stream does not count as a running request: it is idle until there is something to send.
    request.slot?.release();
    return true;
  }
}

/** The stream that `OpenStreamGuard` opened for this request. */
export const OpenedStream = createParamDecorator(
  (_: undefined, context: ExecutionContext): Observable<MessageEvent> =>
    opened.get(context.switchToHttp().getRequest<Request>()) ?? EMPTY,
);

function lastEventId(request: Request): EventId | undefined {
  return parseEventId(request.get('Last-Event-ID') ?? '');
}

/** Aborts when the response has ended, for whatever reason. */
function endOf(response: Response): AbortSignal {
  const over = new AbortController();
  if (response.destroyed) over.abort();
  else
    response.once('close', () => {
      over.abort();
    });
  return over.signal;
}

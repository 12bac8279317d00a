import { Controller, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { ApiAuthenticated } from '#auth';
import { ApiCartEvents } from './api-cart-events.decorator.js';
import { MAX_WAITING_LENGTH } from './cart-events.service.js';
import { OpenedStream, OpenStreamGuard } from './open-stream.guard.js';

/** The changes of the caller's own cart. */
@ApiTags('cart')
@ApiAuthenticated()
@Controller('cart')
export class CartEventsController {
  @Sse('events', { maxPendingDataLength: MAX_WAITING_LENGTH })
  @UseGuards(OpenStreamGuard)
  @ApiCartEvents()
  follow(@OpenedStream() stream: Observable<MessageEvent>): Observable<MessageEvent> {
    return stream;
  }
}

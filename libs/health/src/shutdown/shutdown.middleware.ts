import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Lifecycle } from './lifecycle.js';
import { ShuttingDownError } from './shutting-down.error.js';

/**
 * Asks callers to leave their connections while draining, and refuses requests that begin after it. Must stand before
 * the body is read, so that a request that is still sending its body is not taken for a new one.
 */
@Injectable()
export class ShutdownMiddleware implements NestMiddleware {
  constructor(private readonly lifecycle: Lifecycle) {}

  /** @throws ShuttingDownError */
  use(_request: Request, response: Response, next: NextFunction): void {
    if (this.lifecycle.phase !== 'serving') response.setHeader('Connection', 'close');
    if (this.lifecycle.phase === 'closing') throw new ShuttingDownError();
    next();
  }
}

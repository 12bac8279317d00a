import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Lifecycle } from '#runtime';
import { ShuttingDownError } from './shutting-down.error.js';

/**
 * Handles requests during shutdown. Must run before the body is read, so that a request that is still sending its body is not
 * taken for a new one.
 */
@Injectable()
export class ShutdownMiddleware {
  constructor(private readonly lifecycle: Lifecycle) {}

  /** Asks clients to close their connections while the service drains. */
  announce(_request: Request, response: Response): void {
    if (this.lifecycle.phase !== 'serving') response.setHeader('Connection', 'close');
  }

  /**
   * Rejects requests that begin after the shutdown.
   * @throws ShuttingDownError
   */
  reject(): void {
    if (this.lifecycle.phase === 'closing') throw new ShuttingDownError();
  }
}

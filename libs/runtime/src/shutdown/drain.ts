import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost, type AbstractHttpAdapter } from '@nestjs/core';
import { InjectConfig, type HttpConfig } from '#config';
import { Lifecycle } from './lifecycle.js';

/** From here on no connection waits for a next request. 0 would mean for ever. */
const SHORTEST_KEEP_ALIVE_MS = 1;
/** How long requests that still run at the end of the drain may take. */
const GRACE_MS = 10_000;

/**
 * The time between the signal and the end: not ready at once, serving on until the load balancers have noticed, then
 * closing. Closing the application comes after it: first the HTTP server, then Redis.
 */
@Injectable()
export class Drain {
  private readonly logger = new Logger(Drain.name);

  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly adapterHost: HttpAdapterHost<AbstractHttpAdapter<Server>>,
    @InjectConfig('http') private readonly config: HttpConfig,
  ) {}

  /** Resolves when the application may be closed. */
  async run(signal: NodeJS.Signals): Promise<void> {
    this.lifecycle.phase = 'draining';
    // No one balances load over a process that ends by Ctrl-C.
    if (signal !== 'SIGINT') {
      this.logger.log(`Draining for ${this.config.drainSeconds} s`);
      await delay(this.config.drainSeconds * 1000);
    }
    this.lifecycle.phase = 'closing';
    this.logger.log('Closing');
    this.endConnections();
  }

  private endConnections(): void {
    const server = this.adapterHost.httpAdapter.getHttpServer();
    // A request that began before the drain tells its caller nothing of an end, and its connection would be kept for long.
    server.keepAliveTimeout = SHORTEST_KEEP_ALIVE_MS;
    setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS).unref();
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost, type AbstractHttpAdapter } from '@nestjs/core';
import { InjectConfig, type HttpConfig } from '#config';
import { Lifecycle } from './lifecycle.js';

/** From now on, no connection waits for its next request. 0 would mean for ever. */
const SHORTEST_KEEP_ALIVE_MS = 1;
/** How long requests that still run at the end of the drain may take. */
const GRACE_MS = 10_000;

/**
 * The time between the signal and the closing. The instance reports `not_ready` at once, but serves requests until the load
 * balancers have noticed. Then the application is closed: first the HTTP server, then Redis.
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
    // A process that is stopped with Ctrl-C is not behind a load balancer.
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
    // The response to a request that began before the drain does not announce the end, so its connection would be kept for
    // long.
    server.keepAliveTimeout = SHORTEST_KEEP_ALIVE_MS;
    setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS).unref();
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectConfig, type HttpConfig, type MetricsConfig } from '#config';
import { ExplainedError } from '#kernel';
import { exposeMetrics } from './exposition.js';
import { ScrapeToken } from './scrape-token.js';

/**
 * Serves `/metrics` on a port of its own, if one is configured: from before the service listens until after its last response, so
 * that its shutdown is measured too.
 */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private readonly token: ScrapeToken;
  private readonly server: Server | undefined;

  constructor(
    @InjectConfig('metrics') private readonly config: MetricsConfig,
    @InjectConfig('http') private readonly http: Pick<HttpConfig, 'host'>,
  ) {
    this.token = new ScrapeToken(config.token);
    if (config.port === undefined) return;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        this.logger.error({ message: 'The metrics could not be rendered', err: error });
        response.destroy();
      });
    });
  }

  /** The port that is served; undefined if there is none. */
  get port(): number | undefined {
    const address: AddressInfo | string | null | undefined = this.server?.address();
    return typeof address === 'object' && address !== null ? address.port : undefined;
  }

  /** @throws ExplainedError if it cannot listen there. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.server === undefined) return;
    const { port } = this.config;
    try {
      await once(this.server.listen(port, this.http.host), 'listening');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ExplainedError(`METRICS_PORT ${String(port)} cannot be used: ${reason}`);
    }
    this.logger.log(`Metrics at port ${String(this.port)}`);
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url, headers } = request;
    if (url !== '/metrics' || !['GET', 'HEAD'].includes(method)) {
      response.writeHead(404).end();
      return;
    }
    if (!this.token.isIn(headers.authorization)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
      return;
    }
    const { contentType, text } = await exposeMetrics(headers.accept);
    const described = { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) };
    response.writeHead(200, described).end(method === 'HEAD' ? undefined : text);
  }
}

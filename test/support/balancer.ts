import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** How often the readiness of each instance is checked. */
const ASK_INTERVAL_MS = 200;

/**
 * A typical load balancer: sends requests to the ready instances in turn, over persistent connections. It never retries:
 * if an instance fails a request, the client gets 502.
 */
export class Balancer {
  private readonly agent = new Agent({ keepAlive: true });
  private ready: readonly number[] = [];
  private turn = 0;
  private isOver = false;

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.forward(incoming, outgoing);
    });
  }

  static async start(ports: readonly number[]): Promise<Balancer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const balancer = new Balancer(server, ports);
    void balancer.watch();
    return balancer;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The balancer is not listening.');
    return `http://127.0.0.1:${address.port}`;
  }

  sendsTo(port: number): boolean {
    return this.ready.includes(port);
  }

  async stop(): Promise<void> {
    this.isOver = true;
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async watch(): Promise<void> {
    while (!this.isOver) {
      const answers = await Promise.all(this.ports.map(isReady));
      this.ready = this.ports.filter((_port, index) => answers[index]);
      await delay(ASK_INTERVAL_MS);
    }
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.turn += 1;
    const port = this.ready[this.turn % this.ready.length];
    if (port === undefined) {
      outgoing.writeHead(503).end();
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request({ port, host: '127.0.0.1', agent: this.agent, method, path: url, headers });
    onward.on('response', (response) => {
      // Not those of the connection, such as `Connection: close` of an instance that is draining.
      const { 'content-type': type, 'retry-after': retryAfter } = response.headers;
      outgoing.writeHead(response.statusCode ?? 502, {
        'content-type': type,
        ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
      });
      response.pipe(outgoing);
    });
    onward.on('error', (error) => {
      outgoing.writeHead(502).end(error.message);
    });
    incoming.pipe(onward);
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

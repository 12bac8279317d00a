import type { Socket } from 'node:net';
import { seededRandom } from './seeded-random.js';
import { TcpProxy } from './tcp-proxy.js';

/** Stands between a client and a service, and breaks each connection after a random number of bytes, in either direction. */
export class BreakingProxy extends TcpProxy {
  /** Connections that broke. */
  breaks = 0;
  private readonly random: () => number;

  private constructor(
    target: number,
    private readonly maxBytes: number,
    seed: number,
  ) {
    super(target);
    this.random = seededRandom(seed);
  }

  /**
   * @param service where the service is.
   * @param maxBytes that pass on a connection before it breaks: at random, down to none.
   */
  static async start(service: string, maxBytes: number, seed = 1): Promise<BreakingProxy> {
    const proxy = new BreakingProxy(Number(new URL(service).port), maxBytes, seed);
    await proxy.listen();
    return proxy;
  }

  override get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  protected override join(client: Socket, service: Socket): void {
    let left = Math.floor(this.random() * this.maxBytes);
    const relay = (from: Socket, to: Socket): void => {
      from.on('data', (bytes: Buffer) => {
        const passed = bytes.subarray(0, left);
        left -= passed.length;
        if (passed.length === bytes.length) to.write(bytes);
        else this.breakAfter(passed, from, to);
      });
    };
    relay(client, service);
    relay(service, client);
  }

  /** What has passed arrives, and nothing after it. */
  private breakAfter(passed: Buffer, from: Socket, to: Socket): void {
    from.pause();
    to.write(passed, () => {
      this.breaks += 1;
      from.destroy();
    });
  }
}

import { OtlpReceiver, type ReceivedSpan } from './otlp-receiver.js';
import { startService, type RunningService } from './running-service.js';
import { TestRedis } from './test-redis.js';
import { bearer } from './tokens.js';

export const TRACED_USER = 'tracy@example.com';

/** A collector, and services that send their traces to it, once the `beforeAll` of their file has run. */
export class TracedServices {
  redis!: TestRedis;
  receiver!: OtlpReceiver;

  get spans(): readonly ReceivedSpan[] {
    return this.receiver.spans;
  }

  get resource(): Readonly<Record<string, unknown>> {
    return this.receiver.resource;
  }

  /**
   * Runs the service that production runs while some work is done. When it has ended, all its spans are here, and none of an
   * earlier one. Returns what it has printed.
   */
  async during(
    work: (service: RunningService) => Promise<unknown>,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    this.receiver.spans.length = 0;
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: this.receiver.endpoint };
    const service = await startService(this.redis.url, { ...tracing, ...environment });
    try {
      await work(service);
    } finally {
      await service.process.end('SIGTERM');
    }
    return service.process.output;
  }

  /** The only span with a name. */
  span(name: string): ReceivedSpan {
    const [span, ...others] = this.spans.filter((each) => each.name === name);
    if (span !== undefined && others.length === 0) return span;
    throw new Error(`Not one ${name} in ${this.spans.map((each) => each.name).join(', ')}`);
  }

  /** The names of the spans directly below another. */
  childrenOf({ spanId }: ReceivedSpan): string[] {
    return this.spans.filter(({ parentSpanId }) => parentSpanId === spanId).map(({ name }) => name);
  }
}

/** Starts a collector and a Redis before the tests of a file, and ends both after them. */
export function useTracing(): TracedServices {
  const services = new TracedServices();
  beforeAll(async () => {
    services.redis = await TestRedis.start();
    services.receiver = await OtlpReceiver.start();
  });
  afterAll(async () => {
    await services.receiver.stop();
    await services.redis.stop();
  });
  return services;
}

/** Adds a product to the cart of the traced user. */
export async function addMug(
  { url }: RunningService,
  headers: Record<string, string> = {},
  productId = 'mug',
): Promise<Response> {
  return fetch(`${url}/cart/add`, {
    method: 'POST',
    headers: { Authorization: bearer(TRACED_USER), 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ product_id: productId, quantity: 1, product_data: { name: 'Engraved', price: 5 } }),
  });
}

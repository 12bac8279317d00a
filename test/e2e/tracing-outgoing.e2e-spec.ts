import { KeyProvider, providedClaims, providerKey, signWith } from '../support/key-provider.js';
import { SPAN_KIND, STATUS_ERROR } from '../support/otlp-receiver.js';
import { ProductOrigin } from '../support/product-origin.js';
import type { RunningService } from '../support/running-service.js';
import { bearer } from '../support/tokens.js';
import { useTracing } from '../support/use-tracing.js';

/** The traces that the service passes on to those that it calls. */
const tracing = useTracing();

let origin: ProductOrigin;
beforeAll(async () => {
  origin = await ProductOrigin.start();
  origin.products.set('lamp', { name: 'Lamp', price: 5 });
});
afterAll(async () => {
  await origin.stop();
});

const getProduct = async (
  { url }: RunningService,
  productId: string,
  headers: Record<string, string> = {},
): Promise<number> =>
  (await fetch(`${url}/cache/product/${productId}`, { headers: { Authorization: bearer('reader'), ...headers } }))
    .status;

it('a request to the product origin is part of the trace and carries it', async () => {
  await tracing.during(
    async (service) => {
      expect(await getProduct(service, 'lamp')).toBe(200);
    },
    { CATALOG_URL: origin.template },
  );
  const { traceId } = tracing.span('GET /cache/product/:product_id');
  const call = tracing.span('GET');
  expect(call).toMatchObject({ traceId, kind: SPAN_KIND.client });
  expect(call.attributes).toMatchObject({ 'server.address': '127.0.0.1', 'http.response.status_code': 200 });
  expect(call.attributes).not.toHaveProperty('url.full');
  expect(origin.headers.traceparent).toBe(`00-${traceId}-${call.spanId}-01`);
});

it("the caller's traceparent and tracestate are passed on to the product origin", async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const tracestate = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE';
  await tracing.during(
    async (service) =>
      getProduct(service, 'continued', { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate }),
    { CATALOG_URL: origin.template },
  );
  expect(origin.headers).toMatchObject({ traceparent: `00-${traceId}-${tracing.span('GET').spanId}-01`, tracestate });
});

it('a request to the product origin says so if the trace is not sampled, which is in the log all the same', async () => {
  const output = await tracing.during(async (service) => getProduct(service, 'unsampled'), {
    CATALOG_URL: origin.template,
    OTEL_TRACES_SAMPLER: 'always_off',
  });
  expect(origin.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  const [, traceId = ''] = String(origin.headers.traceparent).split('-');
  expect(output).toMatch(new RegExp(`"trace_id":"${traceId}","span_id":"[0-9a-f]{16}","msg":"GET /cache/product/`));
});

it('an origin that fails is an error in the trace', async () => {
  origin.instead = (response) => response.writeHead(500).end();
  await tracing.during(async (service) => getProduct(service, 'broken'), { CATALOG_URL: origin.template });
  origin.instead = undefined;
  const calls = tracing.spans.filter(({ name }) => name === 'GET');
  expect(calls.length).toBeGreaterThan(0);
  for (const call of calls) {
    expect(call).toMatchObject({ status: { code: STATUS_ERROR }, attributes: { 'error.type': '500' } });
  }
});

it('a request for the keys of the identity provider carries a trace', async () => {
  const provider = await KeyProvider.start();
  const key = await providerKey('ES256', 'one');
  provider.keys = [key.publicJwk];
  const token = await signWith(key, providedClaims('provided'));
  await tracing.during(
    async ({ url }) => {
      const { status } = await fetch(`${url}/cart/count`, { headers: { Authorization: `Bearer ${token}` } });
      expect(status).toBe(200);
    },
    { JWT_JWKS_URL: provider.keysUrl },
  );
  const call = tracing.span('GET');
  expect(provider.headers.traceparent).toBe(`00-${call.traceId}-${call.spanId}-01`);
  await provider.stop();
});

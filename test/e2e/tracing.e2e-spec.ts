import { SPAN_KIND } from '../support/otlp-receiver.js';
import { bearer } from '../support/tokens.js';
import { addMug, TRACED_USER, useTracing } from '../support/use-tracing.js';

const tracing = useTracing();

/** Each test starts and ends a service. */
jest.setTimeout(60_000);

const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const traceparent = (flags: '00' | '01'): string => `00-${CALLER.traceId}-${CALLER.spanId}-${flags}`;

describe('an add to a cart', () => {
  let output: string;
  beforeAll(async () => {
    output = await tracing.during(async (service) => {
      // Redis knows the scripts afterwards, and the service knows that this product is not cached.
      await addMug(service, { traceparent: traceparent('00') }, 'other');
      expect((await addMug(service)).status).toBe(200);
    });
  });

  it('is one trace of admission, product look-up, script and publication', () => {
    const request = tracing.span('POST /cart/add');
    expect(request).toMatchObject({ kind: SPAN_KIND.server });
    expect(request.parentSpanId).toBeUndefined();
    expect(tracing.childrenOf(request)).toEqual(
      expect.arrayContaining(['admission', 'cart.product_lookup', 'EVALSHA add', 'cart.publish']),
    );
    expect(tracing.childrenOf(tracing.span('admission'))).toEqual(['EVALSHA admit']);
    expect(tracing.childrenOf(tracing.span('cart.product_lookup'))).toContain('MGET');
    expect(tracing.childrenOf(tracing.span('cart.publish'))).toContain('EVALSHA publish');
    expect(new Set(tracing.spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it('has names and attributes after the semantic conventions', () => {
    expect(tracing.span('POST /cart/add').attributes).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'http.route': '/cart/add',
      'network.protocol.version': '1.1',
      'url.scheme': 'http',
    });
    const script = tracing.span('EVALSHA add');
    expect(script).toMatchObject({ kind: SPAN_KIND.client, status: { code: 0 } });
    expect(script.attributes).toEqual({
      'db.system.name': 'redis',
      'db.operation.name': 'EVALSHA',
      'db.stored_procedure.name': 'add',
      'db.namespace': '0',
      'server.address': expect.any(String),
    });
    expect(tracing.resource).toMatchObject({ 'service.name': 'cartwright', 'service.version': expect.any(String) });
  });

  it('contains no user, product or key', () => {
    expect(JSON.stringify(tracing.spans)).not.toMatch(new RegExp(`${TRACED_USER}|mug|cart:`, 'i'));
  });

  it('has its trace and span in the line of the log', () => {
    const { traceId, spanId } = tracing.span('POST /cart/add');
    expect(output).toMatch(new RegExp(`"trace_id":"${traceId}","span_id":"${spanId}".*"msg":"POST /cart/add 200"`));
  });
});

it('identifiers are in the spans if TRACES_WITH_IDS allows it, but no values', async () => {
  await tracing.during(async (service) => addMug(service), { TRACES_WITH_IDS: 'true' });
  expect(tracing.span('POST /cart/add').attributes).toMatchObject({
    'url.path': '/cart/add',
    'user.id': TRACED_USER,
    'client.address': '127.0.0.1',
  });
  expect(tracing.span('EVALSHA add').attributes['db.query.text']).toContain(`cart:${TRACED_USER}`);
  expect(JSON.stringify(tracing.spans)).not.toContain('Engraved');
});

describe('the traceparent of the caller', () => {
  it('is continued', async () => {
    await tracing.during(async (service) => addMug(service, { traceparent: traceparent('01') }));
    const { traceId, parentSpanId } = tracing.span('POST /cart/add');
    expect({ traceId, spanId: parentSpanId }).toEqual(CALLER);
  });

  it('decides against a sample, but is in the log', async () => {
    const output = await tracing.during(async (service) => {
      await addMug(service, { traceparent: traceparent('00') });
    });
    expect(tracing.spans).toEqual([]);
    expect(output).toMatch(new RegExp(`"trace_id":"${CALLER.traceId}".*"msg":"POST /cart/add 200"`));
  });

  it('does not decide if the sampler is not based on parents', async () => {
    const sampler = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
    await tracing.during(async (service) => addMug(service, { traceparent: traceparent('01') }), sampler);
    expect(tracing.spans).toEqual([]);
  });

  it.each(['00-zz-zz-01', `ff-${CALLER.traceId}-${CALLER.spanId}-01`, 'x'.repeat(8000)])(
    'is ignored if it is malformed',
    async (malformed) => {
      await tracing.during(async (service) => {
        expect((await addMug(service, { traceparent: malformed })).status).toBe(200);
      });
      expect(tracing.span('POST /cart/add').parentSpanId).toBeUndefined();
    },
  );
});

it('the sampler takes its share of the requests, whose ids are those in the log', async () => {
  const sampler = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' };
  const output = await tracing.during(async ({ url }) => {
    const headers = { Authorization: bearer(TRACED_USER) };
    for (let request = 0; request < 100; request += 1) await fetch(`${url}/cart/count`, { headers });
  }, sampler);
  const sampled = tracing.spans.filter(({ name }) => name === 'GET /cart/count').map(({ traceId }) => traceId);
  const logged = [...output.matchAll(/"trace_id":"(\w+)".*"msg":"GET \/cart\/count 200"/g)].map(([, id]) => id);
  expect(new Set(logged).size).toBe(100);
  expect(logged).toEqual(expect.arrayContaining(sampled));
  // Less likely than one in a million outside of this.
  expect(sampled.length).toBeGreaterThan(25);
  expect(sampled.length).toBeLessThan(75);
});

it.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '/otlp/v1/traces'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', '/otlp'],
])('%s=…/otlp alone sends spans to %s', async (name, path) => {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: '', [name]: `${tracing.receiver.endpoint}/otlp` };
  await tracing.during(addMug, environment);
  expect(tracing.span('POST /cart/add').kind).toBe(SPAN_KIND.server);
  expect(tracing.receiver.path).toBe(path);
});

it.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }])(
  'nothing is exported with %j',
  async (environment) => {
    const output = await tracing.during(addMug, environment);
    expect(tracing.spans).toEqual([]);
    expect(output).not.toContain('trace_id');
  },
);

it('probes are not traced', async () => {
  await tracing.during(async ({ url }) => fetch(`${url}/health/ready`));
  expect(tracing.spans).toEqual([]);
});

it('a collector that fails is logged once and disturbs no request', async () => {
  tracing.receiver.status = 500;
  const output = await tracing.during(
    async (service) => {
      for (let each = 0; each < 3; each += 1) {
        expect((await addMug(service)).status).toBe(200);
        await service.process.printed(/Traces cannot be exported/);
      }
    },
    { OTEL_BSP_SCHEDULE_DELAY: '20' },
  );
  tracing.receiver.status = 200;
  expect(output.match(/Traces cannot be exported/g)).toHaveLength(1);
});

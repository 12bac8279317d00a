import { SPAN_KIND, STATUS_ERROR } from '../support/otlp-receiver.js';
import { sendAndLeave } from '../support/raw-request.js';
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

it('a command that Redis rejects is marked as an error, a request that the service rejects is not', async () => {
  await tracing.redis.client.set(`cart:${TRACED_USER}`, 'foreign data');
  await tracing.during(async (service) => {
    expect((await addMug(service)).status).toBe(409);
  });
  await tracing.redis.client.del(`cart:${TRACED_USER}`);
  const failed = {
    status: { code: STATUS_ERROR },
    attributes: { 'error.type': 'WRONGTYPE', 'db.response.status_code': 'WRONGTYPE' },
  };
  const [script] = tracing.spans.filter(({ name }) => name.endsWith(' add')).slice(-1);
  expect(script).toMatchObject(failed);
  expect(tracing.span('POST /cart/add')).toMatchObject({ status: { code: 0 } });
});

it('a command without a reply in time is an error of the type that the metrics name', async () => {
  await tracing.during(async (service) => {
    await tracing.redis.freeze();
    const { status } = await addMug(service).finally(async () => tracing.redis.thaw());
    expect(status).toBe(503);
  });
  const commands = tracing.spans.filter(({ kind }) => kind === SPAN_KIND.client);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    expect(command).toMatchObject({ status: { code: STATUS_ERROR }, attributes: { 'error.type': 'timeout' } });
    expect(command.attributes).not.toHaveProperty('db.response.status_code');
  }
});

it('a request that the service cannot serve is marked as an error', async () => {
  const output = await tracing.during(async (service) => {
    await tracing.redis.crash();
    expect((await addMug(service)).status).toBe(503);
  });
  await tracing.redis.restart();
  const request = tracing.span('POST /cart/add');
  expect(request).toMatchObject({
    status: { code: STATUS_ERROR },
    attributes: { 'error.type': '503', 'http.response.status_code': 503 },
  });
  expect(output).toMatch(
    new RegExp(`"context":"ProblemFilter","trace_id":"${request.traceId}","span_id":"[0-9a-f]{16}"`),
  );
});

it('a request whose client disconnects before the response has no status', async () => {
  const output = await tracing.during(async (service) => {
    await tracing.redis.freeze();
    sendAndLeave(service.url, `GET /cart/count HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer(TRACED_USER)}\r\n\r\n`);
    await service.process.printed(/"route":"\/cart\/count"/).finally(async () => tracing.redis.thaw());
  });
  const request = tracing.span('GET /cart/count');
  expect(request.status).toEqual({ code: 0 });
  expect(request.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/cart/count',
    'network.protocol.version': '1.1',
    'url.scheme': 'http',
  });
  expect(output).toContain(`"span_id":"${request.spanId}","msg":"GET /cart/count (no response)"`);
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

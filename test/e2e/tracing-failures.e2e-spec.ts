import { SPAN_KIND, STATUS_ERROR } from '../support/otlp-receiver.js';
import { sendAndLeave } from '../support/raw-request.js';
import { bearer } from '../support/tokens.js';
import { addMug, TRACED_USER, useTracing } from '../support/use-tracing.js';

const tracing = useTracing();

/** Each test starts and ends a service. */
jest.setTimeout(60_000);

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

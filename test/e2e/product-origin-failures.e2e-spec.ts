import { cacheProduct } from '../support/cached-product.js';
import { eventually } from '../support/eventually.js';
import { expectProblem } from '../support/problems.js';
import { ServiceProcess } from '../support/service-process.js';
import { TEST_SECRET } from '../support/tokens.js';
import type { ProductOrigin } from '../support/product-origin.js';
import { READER, useOriginApps } from '../support/use-origin-apps.js';

const apps = useOriginApps(1);

describe('a response of the origin', () => {
  it.each<[string, NonNullable<ProductOrigin['instead']>]>([
    ['that is not JSON', (response) => response.end('<html>')],
    ['that is a list', (response) => response.end('[]')],
    ['without a price', (response) => response.end('{"name":"A"}')],
    ['with a price below 0', (response) => response.end('{"name":"A","price":-1}')],
    ['with too many decimals', (response) => response.end('{"name":"A","price":1.001}')],
    ['that contains __proto__', (response) => response.end('{"name":"A","price":1,"attributes":{"__proto__":1}}')],
    ['of more than 64 KiB', (response) => response.end(`{"name":"A","price":1,"more":"${'x'.repeat(70_000)}"}`)],
    ['that redirects', (response) => response.writeHead(302, { Location: `${apps.origin.url}/secret` }).end()],
    ['that requires a password', (response) => response.writeHead(401).end()],
    ['that is an error', (response) => response.writeHead(500).end()],
    ['that is cut off', (response) => response.writeHead(200, { 'Content-Length': '100' }).destroy()],
  ])('%s is 503, and nothing is cached', async (name, instead) => {
    apps.origin.instead = instead;
    const id = `bad-${name.replaceAll(/\W+/g, '-')}`;
    expectProblem(await apps.get(id), 'catalog_unavailable');
    expect(await apps.redis.client.exists(`product:${id}`)).toBe(0);
    expect(apps.origin.asked).not.toContain('/secret');
  });

  it('with a price that has floating-point noise is accepted and rounded', async () => {
    apps.origin.products.set('noisy', { name: 'Noisy', price: 0.1 + 0.2 });
    expect((await apps.get('noisy').expect(200)).body.price).toBe(0.3);
  });

  it('that never arrives is 503 after a few seconds, and other requests are served meanwhile', async () => {
    await cacheProduct(apps.api.http, 'quick', { name: 'Quick', price: 1 });
    apps.origin.instead = () => undefined;
    const slow = apps.get('slow').then((response) => response);
    await apps.get('quick').expect(200);
    expectProblem(await slow, 'catalog_unavailable');
  });

  it.each(['..', '.', '../x', '%2e%2e', 'a/b', 'a?b', 'a#b', '\\x', 'größe'])(
    'is requested only at its own path, whatever the id: %j',
    async (id) => {
      await eventually(
        async () => apps.get(id),
        ({ status }) => status === 404,
      );
      for (const path of apps.origin.asked) expect(path).toMatch(/^\/products\/[^/?#]+$/);
    },
  );
});

it('the log reports that products could not be loaded, and why, but not which', async () => {
  apps.origin.instead = (response) => response.writeHead(500).end();
  const service = ServiceProcess.startProd({
    NODE_ENV: 'production',
    PORT: '0',
    REDIS_URL: apps.redis.url,
    JWT_SECRET: TEST_SECRET,
    CATALOG_URL: apps.origin.template,
  });
  const [, at = ''] = await service.printed(/Listening on (http:[^"]+)"/);
  const { status } = await fetch(`${at}/cache/product/private-taste`, { headers: { Authorization: READER } });
  expect(status).toBe(503);
  await service.printed(/It responded with 500.*A product could not be loaded/);
  await service.end('SIGINT');
  expect(service.output).not.toContain('private-taste');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHELF } from '../../apps/shop/src/shelf.js';
import { SHOP_PRODUCTS } from '../../scripts/start/shop-products.js';
import { eventually } from '../support/eventually.js';
import { ROOT } from '../support/root.js';
import { startTestApp } from '../support/test-app.js';
import { bearer } from '../support/tokens.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

describe('/shop', () => {
  it('allows scripts, styles and requests of its own origin only, and none in the page', async () => {
    const response = await fetch(`${api.url}/shop`);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const page = await response.text();
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
  });

  it('serves its files with an entity tag, and nothing else', async () => {
    const { headers } = await fetch(`${api.url}/shop/shop.js`);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    // Without `cache`, Node asks for the whole file.
    const init: RequestInit & { cache: 'no-cache' } = {
      cache: 'no-cache',
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    };
    expect((await fetch(`${api.url}/shop/shop.js`, init)).status).toBe(304);
    for (const name of ['index.html', 'none.js', '..%2Fpackage.json', 'shop.ts', 'constructor']) {
      expect({ name, status: (await fetch(`${api.url}/shop/${name}`)).status }).toEqual({ name, status: 404 });
    }
  });

  it('has a picture of every product that it sells', async () => {
    expect(SHOP_PRODUCTS.map(({ product_id }) => product_id)).toEqual(SHELF);
    for (const { image_url } of SHOP_PRODUCTS) {
      const { status, headers } = await fetch(api.url + image_url);
      expect([image_url, status, headers.get('content-type')]).toEqual([image_url, 200, 'image/svg+xml']);
    }
  });
});

it('npm start sells nothing whose price the documentation names: the product cache would replace it', () => {
  const written = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(md|ts|py|sh|html)$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
  const named = [...written('docs'), ...written('examples'), readFileSync(join(ROOT, 'README.md'), 'utf8')]
    .flatMap((text) => [...text.matchAll(/product_id\W{1,5}([\w-]+)/g)])
    .map(([, id]) => id);
  expect(named).toContain('mug');
  expect(named.filter((id) => id !== undefined && SHELF.includes(id))).toEqual([]);
});

describe('/shop in production', () => {
  it.each([
    ['is off', {}, { page: 404, orders: 404 }],
    ['is on with SHOP=true, without the stub order service', { SHOP: 'true' }, { page: 200, orders: 405 }],
  ])('%s', async (_name, environment, expected) => {
    const production = { NODE_ENV: 'production', AUTH_DEV_TOKENS: 'false', ...environment };
    const app = await startTestApp(api.server, production);
    const { status: page } = await fetch(`${app.url}/shop`);
    const { status: orders } = await fetch(`${app.url}/shop/orders`, { method: 'POST' });
    await app.close();
    expect({ page, orders }).toEqual(expected);
  });
});

describe('the stub order service', () => {
  const order = async (checkout_id: string, user: string): Promise<Response> =>
    fetch(`${api.url}/shop/orders`, {
      method: 'POST',
      headers: { authorization: bearer(user), 'content-type': 'application/json' },
      body: JSON.stringify({ checkout_id }),
    });

  it('completes the shopper’s own checkout, once', async () => {
    const authorization = bearer('buyer');
    await api.http
      .post('/cart/add')
      .set('Authorization', authorization)
      .send({ product_id: 'mug', quantity: 2, product_data: { name: 'Mug', price: 19 } })
      .expect(200);
    const { body } = await api.http.post('/cart/checkout').set('Authorization', authorization).expect(201);
    expect((await order(body.checkout_id, 'stranger')).status).toBe(404);
    const [first, second] = [await order(body.checkout_id, 'buyer'), await order(body.checkout_id, 'buyer')];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await first.json()).toEqual(await second.json());
    const count = await eventually(
      async () => (await api.http.get('/cart/count').set('Authorization', authorization)).body.count,
      (items) => items === 0,
    );
    expect(count).toBe(0);
  });

  it('rejects orders without a token', async () => {
    expect((await fetch(`${api.url}/shop/orders`, { method: 'POST' })).status).toBe(401);
  });
});

import { eventually } from '../support/eventually.js';
import { growthOf } from '../support/growth.js';
import { Scrape } from '../support/scrape.js';
import { READER, useOriginApps } from '../support/use-origin-apps.js';

/** As many loads as the circuit breaker looks at. */
const LOADS_SEEN = 20;

const apps = useOriginApps(2);
const growth = growthOf(apps);

async function status(productId: string, { url } = apps.api): Promise<number> {
  const response = await fetch(`${url}/cache/product/${productId}`, { headers: { authorization: READER } });
  await response.arrayBuffer();
  return response.status;
}

/** Lets no response of the origin through until the returned function is called. */
function closeGate(): () => void {
  let open = (): void => undefined;
  apps.origin.gate = new Promise((resolve) => (open = resolve));
  return open;
}

describe('loads from the origin', () => {
  const LOADS = 'cartwright_product_loads_total';

  it('are counted by their outcome', async () => {
    apps.origin.products.set('lamp', { name: 'Lamp', price: 1 });
    apps.origin.broken.set('broken', (response) => response.end('not JSON'));
    expect(await growth(LOADS, { outcome: 'ok' }, async () => status('lamp'))).toBe(1);
    expect(await growth(LOADS, { outcome: 'absent' }, async () => status('unknown'))).toBe(1);
    expect(await growth(LOADS, { outcome: 'failed' }, async () => status('broken'))).toBe(1);
  });

  it.each([0, 1])('are counted when a read waits for one of another request, on instance %i', async (index) => {
    const id = `awaited-${index}`;
    apps.origin.products.set(id, { name: 'Awaited', price: 1 });
    const open = closeGate();
    const reads = [status(id)];
    await eventually(
      async () => Promise.resolve(apps.timesAsked(id)),
      (times) => times === 1,
    );
    const wait = (): unknown => reads.push(status(id, apps.instances[index]));
    expect(await growth('cartwright_product_load_waits_total', {}, wait)).toBe(1);
    open();
    expect(await Promise.all(reads)).toEqual([200, 200]);
    expect(apps.timesAsked(id)).toBe(1);
  });
});

describe('the circuit breaker', () => {
  /** The states that a scrape shows as present. */
  async function states(): Promise<string[]> {
    const scrape = await Scrape.of(apps.url);
    return ['closed', 'open', 'half_open'].filter(
      (state) => scrape.valueOf('cartwright_product_origin_breaker', { state }) === 1,
    );
  }

  it('is shown open once the origin fails, half open while it is tried again, and then closed', async () => {
    expect(await states()).toEqual(['closed']);
    apps.origin.instead = (response) => response.writeHead(500).end();
    const failing = Array.from({ length: LOADS_SEEN }, async (_, index) => status(`failing-${index}`));
    expect(new Set(await Promise.all(failing))).toEqual(new Set([503]));
    expect(await states()).toEqual(['open']);

    apps.origin.instead = undefined;
    apps.origin.products.set('mended', { name: 'Mended', price: 1 });
    const open = closeGate();
    const attempts: Promise<number>[] = [];
    await eventually(
      async () => {
        attempts.push(status('mended'));
        return states();
      },
      ([state]) => state === 'half_open',
    );
    open();
    expect((await Promise.all(attempts)).at(-1)).toBe(200);
    expect(await states()).toEqual(['closed']);
  });
});

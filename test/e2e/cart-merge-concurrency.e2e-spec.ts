import { CartClient, quantitiesOf } from '../support/cart-client.js';
import { guestOf } from '../support/guest-client.js';
import { startTestApp, type Http, type TestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
let second: TestApp;
beforeAll(async () => {
  second = await startTestApp(api.server);
});
afterAll(async () => second.close());

const httpOf = (index: number): Http => (index % 2 === 0 ? api.http : second.http);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const rounds = times(20, (index) => index);

describe('concurrent merges of one guest over two instances', () => {
  it.each(rounds)('are applied once (round %i)', async (round) => {
    const guest = guestOf(api.http, `guest_once-${round}`);
    const user = new CartClient(api.http, `once-${round}`);
    await guest.add('laptop', 7).expect(200);
    await user.add('laptop', 2).expect(200);
    const merges = await Promise.all(
      times(8, (index) => new CartClient(httpOf(index), user.userId).merge(guest.token).expect(200)),
    );
    const reports = merges.map(({ body }) => body.report).filter((report) => report.length > 0);
    expect(reports.length).toBeGreaterThan(0);
    for (const report of reports) expect(report).toEqual([expect.objectContaining({ guest_quantity: 7, quantity: 9 })]);
    expect((await user.get()).body).toMatchObject({ count: 9, version: 2 });
    expect((await guest.get()).body).toMatchObject({ count: 0 });
  });

  it.each(rounds)('by different users leave every item in exactly one of their carts (round %i)', async (round) => {
    const guest = guestOf(api.http, `guest_rivals-${round}`);
    const rivals = times(3, (index) => new CartClient(httpOf(index), `rival-${round}-${index}`));
    await guest.add('laptop', 7).expect(200);
    await guest.add('mouse', 4).expect(200);
    await Promise.all(rivals.map((rival) => rival.merge(guest.token).expect(200)));
    const carts = await Promise.all([guest, ...rivals].map(async (each) => quantitiesOf((await each.get()).body)));
    expect(carts.filter((cart) => Object.keys(cart).length > 0)).toEqual([{ laptop: 7, mouse: 4 }]);
    expect(carts[0]).toEqual({});
  });

  it.each(rounds)(
    'with concurrent adds of guest and user neither lose nor duplicate anything (round %i)',
    async (round) => {
      const guest = guestOf(api.http, `guest_busy-${round}`);
      const user = new CartClient(second.http, `busy-${round}`);
      await guest.add('laptop', 1).expect(200);
      await Promise.all([
        ...times(6, () => guest.add('laptop', 1).expect(200)),
        ...times(6, () => user.add('laptop', 10).expect(200)),
        ...times(4, (index) => new CartClient(httpOf(index), user.userId).merge(guest.token).expect(200)),
      ]);
      const left = (await guest.count()).body.count;
      const came = (await user.count()).body.count;
      expect(left + came).toBe(67);
      await user.merge(guest.token).expect(200);
      expect((await user.count()).body.count).toBe(67);
    },
  );
});

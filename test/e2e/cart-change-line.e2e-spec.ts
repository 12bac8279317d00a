import { CartClient, MOUSE } from '../support/cart-client.js';
import { addMug, changeLine, linesOf, MUG } from '../support/mug-lines.js';
import { expectProblem } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('PATCH /cart/lines/{line_id}', () => {
  it('changes quantity and note, and leaves what is not named', async () => {
    const cart = cartOf('patcher');
    await addMug(api.http, cart, undefined, { note: 'First' }).expect(200);
    expect((await changeLine(api.http, cart, 'mug', { quantity: 3 }).expect(200)).body.items).toMatchObject([
      { quantity: 3, note: 'First' },
    ]);
    expect((await changeLine(api.http, cart, 'mug', { note: 'Second' }).expect(200)).body.items).toMatchObject([
      { quantity: 3, note: 'Second' },
    ]);
    const without = await changeLine(api.http, cart, 'mug', { note: null }).expect(200);
    expect(without.body.items[0]).not.toHaveProperty('note');
    expect((await changeLine(api.http, cart, 'mug', { quantity: 0 }).expect(200)).body.items).toEqual([]);
    expectProblem(await changeLine(api.http, cart, 'mug', { quantity: 1 }), 'cart_item_not_found');
  });

  it('gives the line another id with other options, at its place and with its data', async () => {
    const cart = cartOf('chooser');
    const [first] = linesOf(await addMug(api.http, cart, { size: 'L' }, { note: 'n' }).expect(200));
    await cart.add('pen', 1, MOUSE).expect(200);
    const { body } = await changeLine(api.http, cart, first?.line_id ?? '', { options: { size: 'M' } }).expect(200);
    expect(body.items).toMatchObject([{ product_id: 'mug', options: { size: 'M' }, note: 'n', price: 9.5 }, {}]);
    expect(body.items[0].line_id).not.toBe(first?.line_id);
    const plain = await changeLine(api.http, cart, body.items[0].line_id, { options: null }).expect(200);
    expect(plain.body.items[0]).toMatchObject({ line_id: 'mug', note: 'n' });
    expect(plain.body.items[0]).not.toHaveProperty('options');
  });

  it('joins a line that has these options already: quantities are added and both notes are kept', async () => {
    const cart = cartOf('joiner');
    const [large] = linesOf(
      await addMug(api.http, cart, { size: 'L' }, { quantity: 2, note: 'Wrap "it"' }).expect(200),
    );
    await addMug(api.http, cart, { size: 'M' }, { quantity: 3, note: 'No rush' }).expect(200);
    const { body } = await changeLine(api.http, cart, large?.line_id ?? '', { options: { size: 'M' } }).expect(200);
    expect(body.items).toMatchObject([{ options: { size: 'M' }, quantity: 5, note: 'No rush\nWrap "it"' }]);
  });

  it('says that lines were joined, and which price they have now, in a replay too', async () => {
    const cart = cartOf('told-joiner');
    const [large] = linesOf(await addMug(api.http, cart, { size: 'L' }, { quantity: 2 }).expect(200));
    await addMug(api.http, cart, { size: 'M' }, { quantity: 3, product_data: { ...MUG, price: 11 } }).expect(200);
    const body = { options: { size: 'M' } };
    const first = await changeLine(api.http, cart, large?.line_id ?? '', body)
      .set('Idempotency-Key', 'join')
      .expect(200);
    const [medium] = linesOf(first);
    expect(first.body.messages).toEqual([
      {
        code: 'joined',
        severity: 'info',
        line_id: medium?.line_id,
        detail: 'Another line had these options, with a quantity of 3: 2 came to it, and it keeps its price.',
      },
    ]);
    const replay = await changeLine(api.http, cart, large?.line_id ?? '', body)
      .set('Idempotency-Key', 'join')
      .expect(200);
    expect(replay.text).toBe(first.text);
    expect((await cart.get()).body.messages).toEqual([]);
  });

  it.each([
    ['Anna', 'Annabelle', 'Annabelle\nAnna'],
    ['n', 'a\nb', 'a\nb\nn'],
    ['a\\', 'b', 'b\na\\'],
    ['b', 'a\nb\nc', 'a\nb\nc'],
    ['a\nb\nc', 'b', 'a\nb\nc'],
    ['same', 'same', 'same'],
  ])('joins the note %j to %j as %j', async (note, target, joined) => {
    const cart = cartOf(`notes-${Buffer.from(`${note} ${target}`).toString('hex')}`);
    const [large] = linesOf(await addMug(api.http, cart, { size: 'L' }, { note }).expect(200));
    await addMug(api.http, cart, { size: 'M' }, { note: target }).expect(200);
    const { body } = await changeLine(api.http, cart, large?.line_id ?? '', { options: { size: 'M' } }).expect(200);
    expect(body.items).toMatchObject([{ note: joined }]);
  });

  it('changes a line that the guide’s Python wrote, and keeps what it holds', async () => {
    await api.redis.hset('cart:python', 'mug', '{"name": "Mug", "quantity": 2, "price": 9.5}');
    const cart = cartOf('python');
    const { body } = await changeLine(api.http, cart, 'mug', { note: 'Hello', options: { size: 'L' } }).expect(200);
    expect(body.items).toMatchObject([{ name: 'Mug', price: 9.5, quantity: 2, note: 'Hello', options: { size: 'L' } }]);
    const again = await changeLine(api.http, cart, body.items[0].line_id, { note: 'Bye' }).expect(200);
    expect(again.body.items).toMatchObject([{ name: 'Mug', price: 9.5, note: 'Bye', options: { size: 'L' } }]);
  });
});

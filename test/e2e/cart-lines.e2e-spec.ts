import { cacheProduct } from '../support/cached-product.js';
import { CartClient } from '../support/cart-client.js';
import { addMug, changeLine, linesOf, MUG } from '../support/mug-lines.js';
import { expectProblem, fieldsOf } from '../support/problems.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
const cartOf = (userId: string): CartClient => new CartClient(api.http, userId);

describe('lines with options', () => {
  it('are distinguished: two mugs with two engravings stay two mugs', async () => {
    const cart = cartOf('engraver');
    await addMug(api.http, cart, { engraving: 'Anna' }).expect(200);
    const both = await addMug(api.http, cart, { engraving: 'Ben' }).expect(200);
    expect(both.body.items).toMatchObject([
      { product_id: 'mug', options: { engraving: 'Anna' }, quantity: 1 },
      { product_id: 'mug', options: { engraving: 'Ben' }, quantity: 1 },
    ]);
    expect(both.body).toMatchObject({ count: 2, unique_items: 2, total_price: 19 });
    const [anna, ben] = linesOf(both);
    expect(anna?.line_id).not.toBe(ben?.line_id);
  });

  it('are one line if the options are the same, in any order', async () => {
    const cart = cartOf('orderly');
    await addMug(api.http, cart, { size: 'L', gift: true }).expect(200);
    const { body } = await addMug(api.http, cart, { gift: true, size: 'L' }).expect(200);
    expect(body.items).toMatchObject([{ quantity: 2, options: { size: 'L', gift: true } }]);
  });

  it('differ by the kind of a value, and from the line without options, which has the id of its product', async () => {
    const cart = cartOf('kinds');
    for (const options of [{ size: 1 }, { size: '1' }, { size: true }, {}, undefined]) {
      await addMug(api.http, cart, options).expect(200);
    }
    const lines = linesOf(await cart.get());
    expect(lines.map(({ quantity }) => quantity)).toEqual([1, 1, 1, 2]);
    expect(lines.at(-1)?.line_id).toBe('mug');
    expect(await api.redis.hkeys('cart:kinds')).toContain('mug');
  });

  it('never meet a product, because no product id may look like theirs', async () => {
    const cart = cartOf('crafty');
    const [line] = linesOf(await addMug(api.http, cart, { size: 'L' }).expect(200));
    expect(fieldsOf(await cart.add(line?.line_id ?? '').expect(400))).toEqual(['product_id']);
  });

  it('keep options and note if an option or an attribute has the name that Redis stores them under', async () => {
    const cart = cartOf('namesake');
    const options = { size: 'L', custom: 'yes' };
    const product_data = { ...MUG, attributes: { material: 'clay', custom: 'kiln' } };
    const addCup = () =>
      cart.send(api.http.post('/cart/add')).send({ product_id: 'cup', quantity: 1, options, product_data }).expect(200);
    const [line] = linesOf(await addCup());
    const lineId = line?.line_id ?? '';
    const noted = await changeLine(api.http, cart, lineId, { note: 'For Anna' }).expect(200);
    expect(noted.body.items).toMatchObject([{ options, note: 'For Anna', attributes: product_data.attributes }]);
    expect((await addCup()).body.items).toMatchObject([{ options, note: 'For Anna', quantity: 2 }]);
    await cacheProduct(api.http, 'cup', { name: 'Cached cup', price: 7 });
    const repriced = await cart.reprice().expect(200);
    expect(repriced.body.items).toMatchObject([{ options, note: 'For Anna', name: 'Cached cup', price: 7 }]);
  });

  it('keep options and note when product data, the product cache, save, restore and checkout touch them', async () => {
    const cart = cartOf('keeper');
    const chosen = { options: { size: 'L' }, note: 'For Anna' };
    const [line] = linesOf(await addMug(api.http, cart, chosen.options, { note: chosen.note }).expect(200));
    const lineId = line?.line_id ?? '';
    const newData = await addMug(api.http, cart, chosen.options, {
      product_data: { ...MUG, price: 8, attributes: { size: 'S' } },
    });
    expect(newData.body.items).toMatchObject([{ ...chosen, price: 8, attributes: { size: 'S' }, quantity: 2 }]);
    await cacheProduct(api.http, 'mug', { name: 'Cached mug', price: 7 });
    expect((await cart.reprice().expect(200)).body.items).toMatchObject([{ ...chosen, name: 'Cached mug', price: 7 }]);
    expect((await cart.save(lineId).expect(200)).body.saved_items).toMatchObject([{ ...chosen, line_id: lineId }]);
    expect((await cart.restore(lineId).expect(200)).body.items).toMatchObject([{ ...chosen, price: 7 }]);
    expect((await cart.checkout().expect(201)).body.items).toMatchObject([{ ...chosen, line_id: lineId }]);
    await api.redis.del('product:mug');
  });

  it('are found by their line_id in every path', async () => {
    const cart = cartOf('pathfinder');
    const [line] = linesOf(await addMug(api.http, cart, { size: 'L' }).expect(200));
    const lineId = line?.line_id ?? '';
    expect((await cart.update(lineId, 4).expect(200)).body.count).toBe(4);
    expectProblem(await cart.update('mug', 4), 'cart_item_not_found');
    expect((await cart.remove(lineId).expect(200)).body.items).toEqual([]);
  });

  it('have one limit together: 1000 of a product over all its lines', async () => {
    const cart = cartOf('collector');
    await addMug(api.http, cart, { size: 'L' }, { quantity: 600 }).expect(200);
    await addMug(api.http, cart, undefined, { quantity: 400 }).expect(200);
    expectProblem(await addMug(api.http, cart, { size: 'S' }), 'quantity_limit_exceeded');
    expectProblem(await cart.update('mug', 401), 'quantity_limit_exceeded');
    expect((await cart.update('mug', 400).expect(200)).body.count).toBe(1000);
  });

  it.each([
    ['options', { options: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`o${index}`, 1])) }],
    ['options', { options: { ['x'.repeat(51)]: 1 } }],
    ['options', { options: { '': 1 } }],
    ['options', { options: { size: 'x'.repeat(501) } }],
    ['options', { options: { size: { nested: true } } }],
    ['options', { options: ['L'] }],
    ['note', { note: 'x'.repeat(501) }],
    ['note', { note: 7 }],
  ])('are rejected with %s out of bounds', async (field, body) => {
    const fields = fieldsOf(await addMug(api.http, cartOf('bounded'), undefined, body).expect(400));
    expect(Array.from(new Set(fields))).toEqual([field]);
  });

  it('are rejected if they would take more than 4 KiB', async () => {
    const options = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`o${index}`, 'x'.repeat(450)]));
    expect(fieldsOf(await addMug(api.http, cartOf('bulky'), options).expect(400))).toEqual(['options']);
  });
});

import { join } from 'node:path';
import * as fc from 'fast-check';
import * as z from 'zod';
import { roundPrice } from '#kernel';
import { RedisScript } from '#redis';
import { TestRedis } from '../../../../test/support/test-redis.js';
import { parseLine } from './stored-line.js';

const READ = RedisScript.of(
  `-- include: lib/line
  local read = {}
  for index, line in ipairs(ARGV) do
    local quantity, price = quantity_of(line), price_of(line)
    read[index] = { quantity and tostring(quantity) or '', quantity and price and string.format('%.17g', price) or '' }
  end
  return read`,
  join(__dirname, 'lua'),
);
const replySchema = z.array(z.tuple([z.string(), z.string()]));

const DECIMALS = 4;

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start('', 'plain');
});
afterAll(async () => {
  await redis.stop();
});

interface Read {
  readonly quantity: number | undefined;
  readonly price: number | undefined;
}

async function byScript(lines: readonly string[]): Promise<Read[]> {
  const read = replySchema.parse(await READ.run(redis.client, [], lines));
  const numberOf = (text: string): number | undefined => (text === '' ? undefined : Number(text));
  return read.map(([quantity, price]) => ({
    quantity: numberOf(quantity),
    price: price === '' ? undefined : roundPrice(Number(price), DECIMALS),
  }));
}

function byService(line: string): Read {
  const parsed = parseLine('p', line, DECIMALS);
  return { quantity: parsed?.quantity, price: parsed?.product.price ?? undefined };
}

const NONE = { quantity: undefined, price: undefined };
const unpriced = (quantity: number): Read => ({ quantity, price: undefined });

const CASES: readonly [line: string, read: Read][] = [
  ['{"quantity":2,"price":9.5,"name":"Mug","at":[1795396773687,78]}', { quantity: 2, price: 9.5 }],
  ['{"quantity": 2, "price": 9.5, "name": "Mug"}', { quantity: 2, price: 9.5 }],
  ['{"name": "Mug", "price": 9.5, "quantity": 2}', { quantity: 2, price: 9.5 }],
  ['{"quantity":2.0,"price":1e1}', { quantity: 2, price: 10 }],
  ['{"quantity":"2.0","price":1}', NONE],
  ['{"quantity":2.5}', NONE],
  ['{"quantity":0}', NONE],
  ['{"quantity":-1}', NONE],
  ['{"quantity":1e9}', NONE],
  ['{"quantity":2,"price":1000000000}', { quantity: 2, price: 1e9 }],
  ['{"quantity":2,"price":1000000000.01}', NONE],
  ['{"quantity":2,"price":5e9}', NONE],
  ['{"quantity":2,"price":1e400}', NONE],
  ['{"quantity":2,"price":-1}', NONE],
  ['{"quantity":2,"price":"9"}', unpriced(2)],
  ['{"quantity":2,"price":null}', unpriced(2)],
  ['{"quantity":2,"price":0}', { quantity: 2, price: 0 }],
  ['{"quantity":2,"price":NaN}', NONE],
  ['{"quantity":NaN}', NONE],
  ['{"quantity":2,"quantity":3}', { quantity: 3, price: undefined }],
  ['{"quantity":2,"price":1,"price":2}', { quantity: 2, price: 2 }],
  ['{"quantity":2,"name":"\\"price\\":7"}', unpriced(2)],
  ['{"quantity":2,"attributes":{"price":7,"quantity":9}}', unpriced(2)],
  ['{"quantity":2,"name":"x}', NONE],
  ['{"quantity":2', NONE],
  ['{"quantity":2,}', NONE],
  ['{"quantity":2}}', NONE],
  ['{"quantity":02}', NONE],
  ['{"quantity":2,"price":01}', NONE],
  ['{"quantity":2,"price":5,"quantity":4,"at":[1,2]}', { quantity: 2, price: 5 }],
  ['{"quantity":2,"price":5,"price":6,"at":[1,2]}', { quantity: 2, price: 5 }],
  ['{"quantity":2,"name":"x","price":5,"price":6,"at":[1,2]}', { quantity: 2, price: 6 }],
  ['{"quantity":2,"price":5,"attributes":{"weight":NaN},"at":[1795763990000,0]}', { quantity: 2, price: 5 }],
  ['{"quantity":2,"name":"x,"at":[1795763990000,0]}', unpriced(2)],
  ['{"quantity":2,"price":2000000000,"at":[1,2]}', unpriced(2)],
  ['{"quantity":9999999999,"quantity":2,"at":[1,2]}', NONE],
  ['{"quantity":2.5,"at":[1,2]}', NONE],
  ['{"quantity":2}x,"at":[1,2]}', unpriced(2)],
  ['{"quantity":2,"price":01,"at":[01,2]}', { quantity: 2, price: 1 }],
  ['[{"quantity":2}]', NONE],
  ['"quantity"', NONE],
  ['', NONE],
];

it.each(CASES)('%s', async (line, read) => {
  expect(byService(line)).toEqual(read);
  expect((await byScript([line]))[0]).toEqual(read);
});

it('the scripts and the service read any line the same way', async () => {
  const number = fc.oneof(
    fc.constantFrom('2', '2.0', '1e2', '01', '1e400', 'NaN', '-1', '1000000000', '"3"', 'null'),
    fc.double({ noNaN: true, min: -1, max: 2e9 }).map(String),
  );
  const field = fc.oneof(
    fc.tuple(fc.constantFrom('quantity', 'price'), number).map(([key, value]) => `"${key}":${value}`),
    fc.string({ maxLength: 8 }).map((name) => `"name":${JSON.stringify(name)}`),
    fc.json({ maxDepth: 2 }).map((value) => `"attributes":${value}`),
  );
  const line = fc
    .tuple(
      fc.constantFrom('', '', '"quantity":2,', '"quantity":3,"price":4,'),
      fc.array(field, { maxLength: 5 }),
      fc.constantFrom('', ' ', '\n'),
      fc.constantFrom('}', '}', '}', ',}', '', ',"at":[1,2]}', ',"at":[1795763990000,0]}', ',"at":[01,2]}'),
    )
    .map(([start, fields, space, end]) => `{${start}${fields.join(`,${space}`)}${end}`);
  const lines = fc.sample(line, { numRuns: 6000, seed: 15 });
  const read = await byScript(lines);
  expect(lines.map((each, index) => [each, read[index]])).toEqual(lines.map((each) => [each, byService(each)]));
});

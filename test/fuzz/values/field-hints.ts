import fc from 'fast-check';
import { MARK, Seen, type Value } from './value.js';

/** Product ids that all persons use, so that carts contain cached products; all others are each person's own. */
const COMMON_PRODUCTS = ['laptop', 'mouse', 'pen', 'cup'];

const ownProduct = fc.nat({ max: 12 }).map((number) => `${MARK}-${number}`);
const oddProduct = fc.constantFrom(
  `${MARK}/slash`,
  `${MARK}é`,
  `${MARK}🛒`,
  `${MARK}%25`,
  `${MARK},comma`,
  `..${MARK}`,
);

/**
 * @param mayBeForeign whether another person's value may be sent. Not for values that grant access to that person's data: a
 *   response with that data would be no leak.
 */
const seen = (name: string, mayBeForeign = false): fc.Arbitrary<Seen> =>
  fc
    .tuple(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 20 })), fc.nat({ max: 9 }))
    .map(([index, chance]) => new Seen(name, index, mayBeForeign && chance === 0));

const plainProduct = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...COMMON_PRODUCTS) },
  { weight: 6, arbitrary: ownProduct },
  { weight: 1, arbitrary: oddProduct },
);
const productId = fc.oneof(plainProduct, seen('product_id'));
const ownUser = fc.nat({ max: 3 }).map((number) => `${MARK}-${number}`);
const password = fc.constantFrom(...Array<string>(5).fill(`${MARK}-password`), `${MARK}-password-2`);

/** Values of fields and parameters, by name, that schemas cannot describe. They take precedence over the schemas. */
export const FIELD_HINTS: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  product_id: productId,
  line_id: fc.oneof(seen('line_id'), productId),
  ids: fc.uniqueArray(plainProduct, { minLength: 1, maxLength: 12 }).map((ids) => ids.join(',')),
  user_id: fc.oneof({ weight: 3, arbitrary: seen('own_user_id') }, { weight: 3, arbitrary: seen('user_id') }, ownUser),
  email: fc.nat({ max: 1 }).map((number) => `${MARK}.${number}@shop.example`),
  password,
  current_password: password,
  new_password: password,
  currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR', 'JPY', 'KWD', 'XCG'),
  price: fc.oneof(
    fc.nat({ max: 100_000 }).map((cents) => cents / 100),
    fc.constantFrom(0, 1e9, 0.1, 19.99),
  ),
  quantity: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constantFrom(1000, 999, 400)),
  order_id: fc.nat({ max: 30 }).map((number) => `${MARK}-order-${number}`),
  session_id: seen('session_id', true),
  except: seen('session_id', true),
  checkout_id: seen('checkout_id', true),
  guest_token: seen('guest_token'),
  refresh_token: seen('refresh_token'),
  'Idempotency-Key': fc.nat({ max: 25 }).map((number) => `${MARK}-key-${number}`),
  'If-Match': fc.oneof({ weight: 4, arbitrary: seen('etag') }, fc.constantFrom('*', '"0", "1"', 'W/"1"')),
  'If-None-Match': fc.oneof({ weight: 4, arbitrary: seen('etag') }, fc.constantFrom('*', 'W/"1"', '"1"')),
  'Last-Event-ID': fc.oneof(
    seen('event_id'),
    fc.nat({ max: 50 }).map((version) => `.${version}`),
  ),
};

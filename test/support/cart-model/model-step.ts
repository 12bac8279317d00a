import fc from 'fast-check';

/** The change of a step to a line, alone or within a batch. */
export interface LineStep {
  readonly product: number;
  /** Whether it refers to an existing line, if there is any. */
  readonly hits: boolean;
  readonly quantity: number;
  readonly told: 'nothing' | 'dollars' | 'euros';
  readonly price: number;
  /** Index of the options: 0 for none. */
  readonly option: number;
  readonly note: 'none' | 'one' | 'other';
}

export interface BatchStep extends LineStep {
  readonly op: 'add' | 'set' | 'update' | 'remove' | 'save' | 'restore' | 'note';
}

export type CheckoutKind = 'checkout' | 'complete' | 'get_checkout' | 'abandon';

/** One request as drawn: its user, operation and conditions. Indexes are modulo the number of choices. */
export interface Step extends LineStep {
  readonly client: number;
  readonly instance: number;
  readonly seconds: number;
  readonly kind: keyof typeof KINDS;
  readonly strategy: 'sum' | 'max' | 'keep_user' | 'keep_guest' | 'guest_wins' | 'keep_guest_if_empty';
  readonly isDry: boolean;
  readonly accept: boolean;
  readonly checkout: number;
  readonly order: number;
  readonly operations: readonly BatchStep[];
  readonly ifMatch: 'none' | 'holds' | 'fails';
  readonly key: 'none' | 'fresh' | 'repeat' | 'reuse';
}

/** With their frequencies. Others shrink to the first, which changes nothing. */
const KINDS = {
  get: 1,
  add: 18,
  batch: 8,
  update: 4,
  remove: 2,
  save: 6,
  restore: 5,
  merge: 3,
  clear: 1,
  cache: 5,
  reprice: 3,
  checkout: 6,
  complete: 3,
  get_checkout: 1,
  abandon: 2,
  count: 1,
  edit: 6,
  describe: 4,
  replace: 2,
};

const line = {
  product: fc.nat(4),
  hits: often({ yes: 8, no: 1 }).map((answer) => answer === 'yes'),
  quantity: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 1000 }) },
  ),
  told: often({ dollars: 8, nothing: 1, euros: 2 }),
  price: fc.integer({ min: 0, max: 5 }).map((tens) => tens * 10 + 9),
  option: often({ '0': 3, '1': 1, '2': 1 }).map(Number),
  note: often({ none: 4, one: 1, other: 1 }),
};

const batchStep: fc.Arbitrary<BatchStep> = fc.record({
  ...line,
  op: often({ add: 4, set: 2, update: 1, remove: 1, save: 1, restore: 1, note: 1 }),
});

export const step: fc.Arbitrary<Step> = fc.record({
  ...line,
  client: fc.nat(2),
  instance: fc.nat(1),
  seconds: fc.nat(2),
  kind: often(KINDS),
  strategy: often({ sum: 2, max: 2, keep_user: 1, keep_guest: 1, guest_wins: 1, keep_guest_if_empty: 1 }),
  isDry: often({ no: 9, yes: 1 }).map((answer) => answer === 'yes'),
  accept: fc.boolean(),
  checkout: fc.nat(20),
  order: fc.nat(2),
  operations: fc.array(batchStep, { minLength: 1, maxLength: 5 }),
  ifMatch: often({ none: 6, holds: 1, fails: 1 }),
  key: often({ none: 5, fresh: 2, repeat: 1, reuse: 1 }),
});

/** One of the given words by weight; shrinks to the first. */
function often<Word extends string>(weights: Readonly<Record<Word, number>>): fc.Arbitrary<Word> {
  const words = Object.entries<number>(weights).flatMap(([word, weight]) => Array<string>(weight).fill(word));
  return fc.constantFrom(...words).filter((word): word is Word => word in weights);
}

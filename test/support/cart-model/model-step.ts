import fc from 'fast-check';

/** What a step does to a line, alone or within a batch. */
export interface LineStep {
  readonly product: number;
  /** Whether it means a line that is there, where there is any. */
  readonly hits: boolean;
  readonly quantity: number;
  readonly told: 'nothing' | 'dollars' | 'euros';
  readonly price: number;
}

export interface BatchStep extends LineStep {
  readonly op: 'add' | 'update' | 'remove';
}

export type CheckoutKind = 'checkout' | 'complete' | 'get_checkout' | 'abandon';

/** One request as it is drawn: who, what, and on which conditions. Indexes are taken modulo what there is. */
export interface Step extends LineStep {
  readonly client: number;
  readonly instance: number;
  readonly seconds: number;
  readonly kind: keyof typeof KINDS;
  readonly strategy: 'sum' | 'max' | 'keep_user' | 'keep_guest';
  readonly accept: boolean;
  readonly checkout: number;
  readonly order: number;
  readonly operations: readonly BatchStep[];
  readonly ifMatch: 'none' | 'holds' | 'fails';
  readonly key: 'none' | 'fresh' | 'repeat' | 'reuse';
}

/** By how often they come. The first is what others shrink to: it changes nothing. */
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
};

const line = {
  product: fc.nat(7),
  hits: often({ yes: 8, no: 1 }).map((answer) => answer === 'yes'),
  quantity: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 1000 }) },
  ),
  told: often({ dollars: 8, nothing: 1, euros: 2 }),
  price: fc.integer({ min: 0, max: 5 }).map((tens) => tens * 10 + 9),
};

const batchStep: fc.Arbitrary<BatchStep> = fc.record({ ...line, op: often({ add: 3, update: 1, remove: 1 }) });

export const step: fc.Arbitrary<Step> = fc.record({
  ...line,
  client: fc.nat(2),
  instance: fc.nat(1),
  seconds: fc.nat(2),
  kind: often(KINDS),
  strategy: often({ sum: 1, max: 1, keep_user: 1, keep_guest: 1 }),
  accept: fc.boolean(),
  checkout: fc.nat(20),
  order: fc.nat(2),
  operations: fc.array(batchStep, { minLength: 1, maxLength: 5 }),
  ifMatch: often({ none: 6, holds: 1, fails: 1 }),
  key: often({ none: 5, fresh: 2, repeat: 1, reuse: 1 }),
});

/** One of some words by their weights; it shrinks to the first. */
function often<Word extends string>(weights: Readonly<Record<Word, number>>): fc.Arbitrary<Word> {
  const words = Object.entries<number>(weights).flatMap(([word, weight]) => Array<string>(weight).fill(word));
  return fc.constantFrom(...words).filter((word): word is Word => word in weights);
}

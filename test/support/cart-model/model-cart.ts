import { createHash } from 'node:crypto';

/** A plain model of the contract's cart. Prices are whole cents; times are milliseconds. */
export interface ModelProduct {
  readonly name: string;
  readonly price: number;
  readonly currency: string;
}

export type ModelOptions = Readonly<Record<string, string>> | undefined;

/** Of a cart. */
export type ModelAttributes = Readonly<Record<string, string>>;

export interface ModelLine {
  readonly productId: string;
  readonly options: ModelOptions;
  readonly note: string | null;
  readonly name: string | null;
  readonly price: number | null;
  readonly source: 'client' | 'catalog' | null;
  readonly quantity: number;
  /** When the line was first added, which determines the order of lines. */
  readonly added: number;
}

export interface ModelSavedLine extends ModelLine {
  readonly currency: string | null;
}

export const MAX_QUANTITY = 1000;
export const MAX_LINES = 5;
const DEFAULT_CURRENCY = 'USD';

/** A rejection by its problem code; for a batch with the index of the operation. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly index?: number,
  ) {
    super(code);
  }
}

/** The state of one user's cart. Changes are made on a copy, which is kept if nothing was rejected. */
export class ModelCart {
  lines = new Map<string, ModelLine>();
  saved = new Map<string, ModelSavedLine>();
  note: string | null = null;
  attributes: ModelAttributes = {};
  version = 0;
  updatedAt = 0;
  /** Undefined until a line with a price sets it. */
  private ownCurrency: string | undefined;
  private isTimed = false;

  get currency(): string {
    return this.ownCurrency ?? DEFAULT_CURRENCY;
  }

  copy(): ModelCart {
    const copy = new ModelCart();
    copy.lines = new Map(this.lines);
    copy.saved = new Map(this.saved);
    copy.note = this.note;
    copy.attributes = this.attributes;
    copy.version = this.version;
    copy.updatedAt = this.updatedAt;
    copy.ownCurrency = this.ownCurrency;
    return copy;
  }

  /** @returns undoes what is done after this call. */
  checkpoint(): () => void {
    const { lines, saved, updatedAt, ownCurrency, isTimed } = this;
    this.lines = new Map(lines);
    this.saved = new Map(saved);
    return () => {
      Object.assign(this, { lines, saved, updatedAt, ownCurrency, isTimed });
    };
  }

  /** Begins a change at a time later than all earlier changes. */
  begin(now: number): void {
    this.updatedAt = Math.max(now, this.updatedAt + 1);
  }

  /** The time of a new line: no two lines of a cart have the same. */
  nextTime(): number {
    if (this.isTimed) this.updatedAt += 1;
    this.isTimed = true;
    return this.updatedAt;
  }

  /** Ends a change that changed something. */
  commit(): void {
    this.version += 1;
    if (this.lines.size === 0) this.ownCurrency = undefined;
  }

  /** Whether a price in this currency is accepted; the cart then uses this currency. */
  claim(currency: string): boolean {
    const hasPrice = [...this.lines.values()].some(({ price }) => price !== null);
    if (hasPrice && currency !== this.currency) return false;
    this.ownCurrency = currency;
    return true;
  }
}

/** The id of a line, as docs/redis-keys.md describes it. */
export function idOf({ productId, options }: Pick<ModelLine, 'productId' | 'options'>): string {
  if (options === undefined) return productId;
  const sorted = Object.entries(options).sort(([left], [right]) => (left < right ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
  return `${productId}{${digest.slice(0, 22)}}`;
}

/** The quantity of a product in all its lines together. */
export function quantityOf(lines: ReadonlyMap<string, ModelLine>, productId: string): number {
  return [...lines.values()]
    .filter((line) => line.productId === productId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The sum of the quantities. */
export function totalOf(lines: ReadonlyMap<string, ModelLine>): number {
  return [...lines.values()].reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Both notes, one below the other, but only one of them if it contains all lines of the other. */
export function joinedNotes(first: string | null, second: string | null): string | null {
  if (first === null || second === null) return first ?? second;
  if (`\n${first}\n`.includes(`\n${second}\n`)) return first;
  return `\n${second}\n`.includes(`\n${first}\n`) ? second : `${first}\n${second}`;
}

/** Whether two carts have the same note and attributes. */
export function sameDetails(left: ModelDetails, right: ModelDetails): boolean {
  const [one, other] = [left, right].map(({ note, attributes }) => JSON.stringify([note, sorted(attributes)]));
  return one === other;
}

export type ModelDetails = Pick<ModelCart, 'note' | 'attributes'>;

export const sorted = (attributes: ModelAttributes): (readonly [string, string])[] =>
  Object.entries(attributes).sort(([left], [right]) => (left < right ? -1 : 1));

/** Line ids in the order of the cart. */
export function inOrder(lines: ReadonlyMap<string, ModelLine>): string[] {
  return [...lines]
    .sort(([leftId, left], [rightId, right]) => left.added - right.added || (leftId < rightId ? -1 : 1))
    .map(([lineId]) => lineId);
}

/** A plain model of the contract's cart. Prices are whole cents; times are milliseconds. */
export interface ModelProduct {
  readonly name: string;
  readonly price: number;
  readonly currency: string;
}

export interface ModelLine {
  readonly name: string | null;
  readonly price: number | null;
  readonly source: 'client' | 'catalog' | null;
  readonly quantity: number;
  /** When the product was first added: lines stand in this order. */
  readonly added: number;
}

export interface ModelSavedLine extends ModelLine {
  readonly currency: string | null;
}

export const MAX_QUANTITY = 1000;
export const MAX_LINES = 5;
const DEFAULT_CURRENCY = 'USD';

/** A refusal by its problem code; for a batch with the index of the operation. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly index?: number,
  ) {
    super(code);
  }
}

/** The state of one user's cart. Changes are made on a copy, which is kept when nothing was refused. */
export class ModelCart {
  lines = new Map<string, ModelLine>();
  saved = new Map<string, ModelSavedLine>();
  version = 0;
  updatedAt = 0;
  /** Undefined until a priced line has set it. */
  private ownCurrency: string | undefined;
  private isTimed = false;

  get currency(): string {
    return this.ownCurrency ?? DEFAULT_CURRENCY;
  }

  copy(): ModelCart {
    const copy = new ModelCart();
    copy.lines = new Map(this.lines);
    copy.saved = new Map(this.saved);
    copy.version = this.version;
    copy.updatedAt = this.updatedAt;
    copy.ownCurrency = this.ownCurrency;
    return copy;
  }

  /** Begins a change at a time that no earlier change had. */
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

  /** Whether a price in this currency may enter; the cart is in it from then on. */
  claim(currency: string): boolean {
    const hasPrice = [...this.lines.values()].some(({ price }) => price !== null);
    if (hasPrice && currency !== this.currency) return false;
    this.ownCurrency = currency;
    return true;
  }
}

/** Product ids in the order of the cart. */
export function inOrder(lines: ReadonlyMap<string, ModelLine>): string[] {
  return [...lines]
    .sort(([leftId, left], [rightId, right]) => left.added - right.added || (leftId < rightId ? -1 : 1))
    .map(([productId]) => productId);
}

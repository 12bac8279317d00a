/** The operation that changed a cart. */
export type CartChangeType =
  'add' | 'update' | 'remove' | 'clear' | 'batch' | 'merge' | 'reprice' | 'save' | 'restore' | 'checkout' | 'complete';

/** How many of a product a cart held before and after a change; 0 if it held none. */
export interface QuantityChange {
  readonly productId: string;
  readonly before: number;
  readonly after: number;
}

/** One change of a cart: the step to `version`. */
export interface CartEvent {
  readonly type: CartChangeType;
  readonly userId: string;
  /** Tells the cart from an earlier one of the same user, which has expired. */
  readonly life: string;
  readonly version: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Every line that was touched, in the order in which it was; a line whose price alone changed has equal quantities. */
  readonly changes: readonly QuantityChange[];
}

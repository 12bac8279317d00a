import {
  idOf,
  inOrder,
  joinedNotes,
  MAX_LINES,
  MAX_QUANTITY,
  quantityOf,
  Refused,
  type ModelCart,
  type ModelLine,
  type ModelOptions,
  type ModelProduct,
} from './model-cart.js';

export type Catalogue = ReadonlyMap<string, ModelProduct>;

/** A product as given in a request. */
export interface Addition {
  readonly productId: string;
  readonly options: ModelOptions;
  readonly note: string | undefined;
  readonly quantity: number;
  readonly told: ModelProduct | undefined;
}

/** Changes to a line; undefined leaves a part unchanged. */
export interface Edit {
  readonly lineId: string;
  readonly quantity: number | undefined;
  readonly note: string | undefined;
  readonly options: Readonly<Record<string, string>> | null | undefined;
}

export type Operation =
  | ({ readonly op: 'add' | 'set' } & Addition)
  | { readonly op: 'update'; readonly lineId: string; readonly quantity: number }
  | { readonly op: 'remove' | 'save' | 'restore'; readonly lineId: string }
  | { readonly op: 'note'; readonly lineId: string; readonly note: string };

export function carryOut(cart: ModelCart, catalogue: Catalogue, operation: Operation): void {
  switch (operation.op) {
    case 'add':
      put(cart, catalogue, operation, operation.quantity + (cart.lines.get(idOf(operation))?.quantity ?? 0));
      return;
    case 'set':
      put(cart, catalogue, operation, operation.quantity);
      return;
    case 'update':
      setQuantity(cart, operation.lineId, operation.quantity);
      return;
    case 'remove':
      setQuantity(cart, operation.lineId, 0);
      return;
    case 'save':
      save(cart, operation.lineId);
      return;
    case 'restore':
      restore(cart, operation.lineId);
      return;
    case 'note':
      edit(cart, { lineId: operation.lineId, quantity: undefined, note: operation.note, options: undefined });
  }
}

/** Puts a line with this quantity into the cart. */
function put(cart: ModelCart, catalogue: Catalogue, addition: Addition, quantity: number): void {
  const line = cart.lines.get(idOf(addition));
  requireRoom(cart.lines, addition.productId, quantity - (line?.quantity ?? 0));
  if (line === undefined && cart.lines.size >= MAX_LINES) throw new Refused('cart_line_limit_exceeded');
  place(cart, catalogue, { ...addition, quantity, note: addition.note ?? line?.note ?? undefined }, line);
}

/** Puts a line into a cart that is replaced. A line that stays keeps its time and, if there is no other, its product data. */
export function putInstead(cart: ModelCart, catalogue: Catalogue, addition: Addition, before: ModelCart): void {
  requireRoom(cart.lines, addition.productId, addition.quantity);
  if (cart.lines.size >= MAX_LINES) throw new Refused('cart_line_limit_exceeded');
  const line = before.lines.get(idOf(addition));
  const isUntold = addition.told === undefined && !catalogue.has(addition.productId);
  if (isUntold && line?.price != null && !cart.claim(before.currency)) throw new Refused('currency_mismatch');
  place(cart, catalogue, addition, line);
}

function place(cart: ModelCart, catalogue: Catalogue, addition: Addition, line: ModelLine | undefined): void {
  const { productId, options, told, note, quantity } = addition;
  const cached = catalogue.get(productId);
  const product = cached ?? told;
  const lineId = idOf(addition);
  if (product !== undefined && !cart.claim(product.currency)) throw new Refused('currency_mismatch');
  const data = product === undefined ? (line ?? UNKNOWN) : dataOf(product, cached === undefined ? 'client' : 'catalog');
  const { name, price, source } = data;
  const added = line?.added ?? cart.nextTime();
  cart.lines.set(lineId, {
    productId,
    options,
    note: note ?? null,
    name,
    price,
    source,
    quantity,
    added,
  });
}

export function setQuantity(cart: ModelCart, lineId: string, quantity: number): void {
  const line = cart.lines.get(lineId);
  if (line === undefined) throw new Refused('cart_item_not_found');
  if (quantity === 0) {
    cart.lines.delete(lineId);
    return;
  }
  if (quantity > line.quantity) requireRoom(cart.lines, line.productId, quantity - line.quantity);
  cart.lines.set(lineId, { ...line, quantity });
}

/** Changes a line, and merges it with another line if it then has that line's options. */
export function edit(cart: ModelCart, { lineId, quantity, note, options }: Edit): void {
  const line = cart.lines.get(lineId);
  if (line === undefined) throw new Refused('cart_item_not_found');
  if (quantity === 0) {
    cart.lines.delete(lineId);
    return;
  }
  if ((quantity ?? 0) > line.quantity) requireRoom(cart.lines, line.productId, (quantity ?? 0) - line.quantity);
  const changed = {
    ...line,
    quantity: quantity ?? line.quantity,
    note: note ?? line.note,
    options: options === undefined ? line.options : (options ?? undefined),
  };
  const newId = idOf(changed);
  if (newId !== lineId) cart.lines.delete(lineId);
  const target = newId === lineId ? undefined : cart.lines.get(newId);
  const joined = target && {
    ...target,
    quantity: target.quantity + changed.quantity,
    note: joinedNotes(target.note, changed.note),
  };
  cart.lines.set(newId, joined ?? changed);
}

/** The id of the line that a line is added to, if it gets that line's options. */
export function joinedBy({ lineId, quantity, options }: Edit, cart: ModelCart): string | undefined {
  const line = cart.lines.get(lineId);
  if (line === undefined || quantity === 0 || options === undefined) return undefined;
  const newId = idOf({ productId: line.productId, options: options ?? undefined });
  return newId !== lineId && cart.lines.has(newId) ? newId : undefined;
}

export function save(cart: ModelCart, lineId: string): void {
  const line = cart.lines.get(lineId);
  if (line === undefined) throw new Refused('cart_item_not_found');
  const quantity = roomFor(cart.saved, lineId, line);
  const currency = line.price === null ? null : cart.currency;
  const note = joinedNotes(line.note, cart.saved.get(lineId)?.note ?? null);
  cart.saved.set(lineId, { ...line, note, quantity, currency });
  cart.lines.delete(lineId);
}

export function restore(cart: ModelCart, lineId: string): void {
  const saved = cart.saved.get(lineId);
  if (saved === undefined) throw new Refused('cart_item_not_found');
  const quantity = roomFor(cart.lines, lineId, saved);
  const { currency, ...line } = saved;
  const present = cart.lines.get(lineId);
  if (present === undefined && currency !== null && !cart.claim(currency)) throw new Refused('currency_mismatch');
  const note = joinedNotes(present?.note ?? null, line.note);
  cart.lines.set(lineId, { ...(present ?? line), note, quantity });
  cart.saved.delete(lineId);
}

/** Gives lines their current prices; returns the ids of the lines whose price changed. */
export function reprice(cart: ModelCart, catalogue: Catalogue): string[] {
  const changed: string[] = [];
  for (const lineId of inOrder(cart.lines)) {
    const line = cart.lines.get(lineId);
    const product = line && catalogue.get(line.productId);
    if (line === undefined || product?.currency !== cart.currency || product.price === line.price) continue;
    cart.claim(product.currency);
    cart.lines.set(lineId, { ...line, ...dataOf(product, 'catalog') });
    changed.push(lineId);
  }
  return changed;
}

export function dataOf(
  { name, price }: ModelProduct,
  source: 'client' | 'catalog',
): Pick<ModelLine, 'name' | 'price' | 'source'> {
  return { name, price, source };
}

const UNKNOWN = { name: null, price: null, source: null };

function requireRoom(lines: ReadonlyMap<string, ModelLine>, productId: string, added: number): void {
  if (quantityOf(lines, productId) + added > MAX_QUANTITY) throw new Refused('quantity_limit_exceeded');
}

function roomFor(lines: ReadonlyMap<string, ModelLine>, lineId: string, { productId, quantity }: ModelLine): number {
  const present = lines.get(lineId);
  requireRoom(lines, productId, quantity);
  if (present === undefined && lines.size >= MAX_LINES) throw new Refused('cart_line_limit_exceeded');
  return (present?.quantity ?? 0) + quantity;
}

/**
 * Whether a batch is an increment of the version: any line differs, if only by the time of its change. A line that was added and
 * removed again leaves nothing; saved lines get another time only if they are saved or restored.
 */
export function hasChanged(after: ModelCart, before: ModelCart, operations: readonly Operation[]): boolean {
  const touched = operations.map((operation) => ({
    id: 'lineId' in operation ? operation.lineId : idOf(operation),
    reachesSaved: operation.op === 'save' || operation.op === 'restore',
  }));
  return (
    JSON.stringify([[...after.lines], [...after.saved]]) !== JSON.stringify([[...before.lines], [...before.saved]]) ||
    touched.some(({ id, reachesSaved }) => before.lines.has(id) || (reachesSaved && before.saved.has(id)))
  );
}

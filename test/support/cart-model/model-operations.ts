import {
  inOrder,
  MAX_LINES,
  MAX_QUANTITY,
  Refused,
  type ModelCart,
  type ModelLine,
  type ModelProduct,
} from './model-cart.js';

export type Catalogue = ReadonlyMap<string, ModelProduct>;

/** What an addition says of its product. */
export interface Addition {
  readonly productId: string;
  readonly quantity: number;
  readonly told: ModelProduct | undefined;
}

export type Operation =
  | ({ readonly op: 'add' } & Addition)
  | { readonly op: 'update'; productId: string; quantity: number }
  | { readonly op: 'remove'; productId: string };

export function add(cart: ModelCart, catalogue: Catalogue, { productId, quantity, told }: Addition): void {
  const cached = catalogue.get(productId);
  const product = cached ?? told;
  const line = cart.lines.get(productId);
  const present = line?.quantity ?? 0;
  if (present + quantity > MAX_QUANTITY) throw new Refused('quantity_limit_exceeded');
  if (line === undefined && cart.lines.size >= MAX_LINES) throw new Refused('cart_line_limit_exceeded');
  if (product !== undefined && !cart.claim(product.currency)) throw new Refused('currency_mismatch');
  const data = product === undefined ? (line ?? UNKNOWN) : dataOf(product, cached === undefined ? 'client' : 'catalog');
  const { name, price, source } = data;
  const added = line?.added ?? cart.nextTime();
  cart.lines.set(productId, { name, price, source, quantity: present + quantity, added });
}

export function setQuantity(cart: ModelCart, productId: string, quantity: number): void {
  const line = cart.lines.get(productId);
  if (line === undefined) throw new Refused('cart_item_not_found');
  if (quantity === 0) cart.lines.delete(productId);
  else cart.lines.set(productId, { ...line, quantity });
}

export function carryOut(cart: ModelCart, catalogue: Catalogue, operation: Operation): void {
  if (operation.op === 'add') add(cart, catalogue, operation);
  else setQuantity(cart, operation.productId, operation.op === 'update' ? operation.quantity : 0);
}

export function save(cart: ModelCart, productId: string): void {
  const line = cart.lines.get(productId);
  if (line === undefined) throw new Refused('cart_item_not_found');
  const quantity = roomFor(cart.saved, productId, line.quantity);
  const currency = line.price === null ? null : cart.currency;
  cart.saved.set(productId, { ...line, quantity, currency });
  cart.lines.delete(productId);
}

export function restore(cart: ModelCart, productId: string): void {
  const saved = cart.saved.get(productId);
  if (saved === undefined) throw new Refused('cart_item_not_found');
  const quantity = roomFor(cart.lines, productId, saved.quantity);
  const { currency, ...line } = saved;
  const present = cart.lines.get(productId);
  if (present === undefined && currency !== null && !cart.claim(currency)) throw new Refused('currency_mismatch');
  cart.lines.set(productId, { ...(present ?? line), quantity });
  cart.saved.delete(productId);
}

/** Gives lines their current prices; returns those that had another one, in the order of the cart. */
export function reprice(cart: ModelCart, catalogue: Catalogue): { productId: string; before: number | null }[] {
  const changed: { productId: string; before: number | null }[] = [];
  for (const productId of inOrder(cart.lines)) {
    const line = cart.lines.get(productId);
    const product = catalogue.get(productId);
    if (line === undefined || product?.currency !== cart.currency || product.price === line.price) continue;
    cart.claim(product.currency);
    cart.lines.set(productId, { ...line, ...dataOf(product, 'catalog') });
    changed.push({ productId, before: line.price });
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

function roomFor(lines: ReadonlyMap<string, ModelLine>, productId: string, quantity: number): number {
  const present = lines.get(productId);
  const sum = (present?.quantity ?? 0) + quantity;
  if (sum > MAX_QUANTITY) throw new Refused('quantity_limit_exceeded');
  if (present === undefined && lines.size >= MAX_LINES) throw new Refused('cart_line_limit_exceeded');
  return sum;
}

import { inOrder, MAX_LINES, MAX_QUANTITY, type ModelCart, type ModelLine } from './model-cart.js';
import { dataOf, type Catalogue } from './model-operations.js';

export type Strategy = 'sum' | 'max' | 'keep_user' | 'keep_guest';

/** A row of the report, as the contract has it. */
export interface MergeRow {
  readonly product_id: string;
  readonly guest_quantity: number;
  readonly user_quantity: number;
  readonly quantity: number;
  readonly clamped: boolean;
  readonly reason?: string;
}

const rowOf = (
  product_id: string,
  guest_quantity: number,
  user_quantity: number,
  quantity: number,
  reason?: string,
): MergeRow => ({
  product_id,
  guest_quantity,
  user_quantity,
  quantity,
  clamped: reason !== undefined,
  ...(reason && { reason }),
});

/** Puts the guest's lines into the user's cart; whether that changed it, and the report. */
export function merge(
  user: ModelCart,
  guest: ModelCart,
  catalogue: Catalogue,
  strategy: Strategy,
): { changed: boolean; report: MergeRow[] } {
  const before = new Map(user.lines);
  const report: MergeRow[] = [];
  const replaces = strategy === 'keep_guest' && guest.lines.size > 0;
  if (replaces) {
    for (const id of inOrder(user.lines)) {
      if (!guest.lines.has(id)) report.push(rowOf(id, 0, user.lines.get(id)?.quantity ?? 0, 0));
    }
    user.lines.clear();
  }
  let changed = replaces;
  for (const id of inOrder(guest.lines)) {
    const theirs = guest.lines.get(id);
    const had = before.get(id)?.quantity ?? 0;
    if (theirs === undefined) continue;
    if (strategy === 'keep_user') report.push(rowOf(id, theirs.quantity, had, had));
    else {
      const merged = mergeLine(user, guest, catalogue, id, theirs, strategy);
      changed ||= merged.changed;
      report.push(rowOf(id, theirs.quantity, had, merged.quantity, merged.reason));
    }
  }
  return { changed: mergeSaved(user, guest, report) || changed, report };
}

interface MergedLine {
  readonly quantity: number;
  readonly changed: boolean;
  readonly reason?: string;
}

function mergeLine(
  user: ModelCart,
  guest: ModelCart,
  catalogue: Catalogue,
  id: string,
  theirs: ModelLine,
  strategy: Strategy,
): MergedLine {
  const mine = user.lines.get(id);
  const present = mine?.quantity ?? 0;
  const wanted = strategy === 'max' ? Math.max(present, theirs.quantity) : present + theirs.quantity;
  const quantity = Math.min(wanted, MAX_QUANTITY);
  const clamped = quantity < wanted ? { reason: 'quantity_limit_exceeded' } : {};
  if (mine === undefined && user.lines.size >= MAX_LINES)
    return { quantity: 0, changed: false, reason: 'cart_line_limit_exceeded' };
  const product = catalogue.get(id);
  if (product !== undefined && user.claim(product.currency)) {
    user.lines.set(id, { ...dataOf(product, 'catalog'), quantity, added: mine?.added ?? user.nextTime() });
    return { quantity, changed: true, ...clamped };
  }
  if (mine !== undefined) {
    user.lines.set(id, { ...mine, quantity });
    return { quantity, changed: quantity !== present, ...clamped };
  }
  if (theirs.price !== null && !user.claim(guest.currency))
    return { quantity: 0, changed: false, reason: 'currency_mismatch' };
  user.lines.set(id, { ...theirs, quantity, added: user.nextTime() });
  return { quantity, changed: true, ...clamped };
}

function mergeSaved(user: ModelCart, guest: ModelCart, report: MergeRow[]): boolean {
  let changed = false;
  for (const id of inOrder(guest.saved)) {
    const theirs = guest.saved.get(id);
    const mine = user.saved.get(id);
    if (theirs === undefined) continue;
    if (mine === undefined && user.saved.size >= MAX_LINES)
      report.push(rowOf(id, theirs.quantity, 0, 0, 'cart_line_limit_exceeded'));
    else if (theirs.quantity > (mine?.quantity ?? 0)) {
      user.saved.set(id, { ...(mine ?? theirs), quantity: theirs.quantity });
      changed = true;
    }
  }
  return changed;
}

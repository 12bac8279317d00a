import {
  inOrder,
  joinedNotes,
  MAX_LINES,
  MAX_QUANTITY,
  quantityOf,
  sorted,
  type ModelCart,
  type ModelDetails,
  type ModelLine,
  type ModelSavedLine,
} from './model-cart.js';
import { dataOf, type Catalogue } from './model-operations.js';

export type Strategy = 'sum' | 'max' | 'keep_user' | 'keep_guest' | 'guest_wins' | 'keep_guest_if_empty';

/** A row of the report, as in the contract. */
export interface MergeRow {
  readonly product_id: string;
  readonly line_id: string;
  readonly guest_quantity: number;
  readonly user_quantity: number;
  readonly quantity: number;
  readonly clamped: boolean;
  readonly reason?: string;
  readonly remainder?: number;
  readonly kept_in?: 'saved' | 'guest';
}

type Outcome = Pick<MergeRow, 'quantity' | 'reason' | 'remainder' | 'kept_in'>;

const rowOf = (line_id: string, { productId }: ModelLine, guest: number, user: number, outcome: Outcome): MergeRow => ({
  product_id: productId,
  line_id,
  guest_quantity: guest,
  user_quantity: user,
  clamped: outcome.reason !== undefined,
  ...outcome,
});

interface Merge {
  readonly user: ModelCart;
  /** Keeps the lines that the user's cart cannot take. */
  readonly guest: ModelCart;
  readonly catalogue: Catalogue;
  readonly strategy: Strategy;
  /** The user's lines before the merge. */
  readonly before: ReadonlyMap<string, ModelLine>;
}

/** Moves the guest's lines to the user's cart, except those that it cannot accept. */
export function merge(
  user: ModelCart,
  guest: ModelCart,
  catalogue: Catalogue,
  strategy: Strategy,
): { changed: boolean; report: MergeRow[]; notTaken: ModelDetails } {
  const textsBefore = textsOf(user);
  const merged = { user, guest, catalogue, strategy, before: new Map(user.lines) };
  const dropped = dropLines(merged);
  const taken = (strategy === 'keep_guest' ? replaceLines(merged) : undefined) ?? takeLines(merged);
  const report = [...dropped, ...taken.rows];
  mergeSaved(user, guest, report);
  const notTaken = mergeDetails(user, guest);
  return { changed: taken.isRetold || textsOf(user) !== textsBefore, report, notTaken };
}

/** @returns what the user's cart did not take. */
function mergeDetails(user: ModelCart, guest: ModelCart): ModelDetails {
  const isTaken = ([name, value]: readonly [string, string]): boolean => (user.attributes[name] ?? value) === value;
  const left = Object.fromEntries(sorted(guest.attributes).filter((entry) => !isTaken(entry)));
  user.note = joinedNotes(user.note, guest.note);
  user.attributes = { ...guest.attributes, ...user.attributes };
  return { note: null, attributes: left };
}

/** With keep_guest: the lines that only the user has. */
function dropLines({ user, guest, strategy, before }: Merge): MergeRow[] {
  if (strategy !== 'keep_guest' || guest.lines.size === 0) return [];
  return inOrder(before).flatMap((id) => {
    const line = before.get(id);
    if (line === undefined || guest.lines.has(id)) return [];
    user.lines.delete(id);
    return [rowOf(id, line, 0, line.quantity, { quantity: 0 })];
  });
}

interface Taken {
  readonly rows: readonly MergeRow[];
  /** Data from the product cache is written again, even if it is unchanged. */
  readonly isRetold: boolean;
}

function takeLines({ user, guest, catalogue, strategy, before }: Merge): Taken {
  const leaves = strategy === 'keep_user' || (strategy === 'keep_guest_if_empty' && before.size > 0);
  const ids = inOrder(guest.lines);
  const rows = new Map<string, MergeRow>();
  let isRetold = false;
  const takeAll = (applies: (present: number, wanted: number) => boolean): void => {
    for (const id of ids) {
      const theirs = guest.lines.get(id);
      if (theirs === undefined || rows.has(id)) continue;
      const had = before.get(id)?.quantity ?? 0;
      const wanted = wantedOf(strategy, had, theirs.quantity);
      if (!applies(user.lines.get(id)?.quantity ?? 0, wanted)) continue;
      const outcome = leaves ? keepLine(user, id, theirs, had) : mergeLine(user, guest, catalogue, id, theirs, wanted);
      rows.set(id, rowOf(id, theirs, theirs.quantity, had, { ...outcome, ...(outcome.kept_in && { quantity: had }) }));
      if (outcome.kept_in !== 'guest') guest.lines.delete(id);
      const isTold = !leaves && outcome.kept_in === undefined && user.lines.get(id)?.source === 'catalog';
      if (isTold && catalogue.get(theirs.productId)?.currency === user.currency) isRetold = true;
    }
  };
  // First the lines that shrink: they make room for others of their product.
  takeAll((present, wanted) => wanted < present);
  takeAll(() => true);
  return { rows: ids.flatMap((id) => rows.get(id) ?? []), isRetold };
}

/** The user's line, with the note of the guest's. */
function keepLine(user: ModelCart, id: string, theirs: ModelLine, quantity: number): Outcome {
  const mine = user.lines.get(id);
  if (mine) user.lines.set(id, { ...mine, note: joinedNotes(mine.note, theirs.note) });
  return { quantity };
}

/** The guest's lines in place of the user's; undefined if one of those that both have cannot be put. */
function replaceLines(merged: Merge): Taken | undefined {
  const { user, guest, before } = merged;
  const undo = [user.checkpoint(), guest.checkpoint()];
  for (const [id, line] of guest.lines) {
    const note = joinedNotes(before.get(id)?.note ?? null, line.note);
    guest.lines.set(id, { ...line, note });
  }
  for (const id of guest.lines.keys()) user.lines.delete(id);
  const taken = takeLines(merged);
  if (taken.rows.every(({ line_id, kept_in }) => kept_in === undefined || !before.has(line_id))) return taken;
  for (const each of undo) each();
  return undefined;
}

const textsOf = ({ lines, saved, note, attributes }: ModelCart): string =>
  JSON.stringify([[...lines].sort(), [...saved].sort(), note, sorted(attributes)]);

function wantedOf(strategy: Strategy, user: number, guest: number): number {
  if (strategy === 'max') return Math.max(user, guest);
  return strategy === 'sum' ? user + guest : guest;
}

function mergeLine(
  user: ModelCart,
  guest: ModelCart,
  catalogue: Catalogue,
  id: string,
  theirs: ModelLine,
  wanted: number,
): Outcome {
  const mine = user.lines.get(id);
  const present = mine?.quantity ?? 0;
  const others = quantityOf(user.lines, theirs.productId) - present;
  const quantity = Math.min(wanted, Math.max(present, MAX_QUANTITY - others));
  if (quantity <= 0) return keepElsewhere(user, guest, id, theirs, 'quantity_limit_exceeded');
  if (mine === undefined && user.lines.size >= MAX_LINES)
    return keepElsewhere(user, guest, id, theirs, 'cart_line_limit_exceeded');
  const clamped = quantity < wanted ? { reason: 'quantity_limit_exceeded', remainder: wanted - quantity } : {};
  const note = mine === undefined ? theirs.note : joinedNotes(mine.note, theirs.note);
  const product = catalogue.get(theirs.productId);
  if (product !== undefined && user.claim(product.currency)) {
    const added = mine?.added ?? user.nextTime();
    user.lines.set(id, { ...theirs, ...dataOf(product, 'catalog'), note, quantity, added });
  } else if (mine !== undefined) {
    user.lines.set(id, { ...mine, note, quantity });
  } else if (theirs.price !== null && !user.claim(guest.currency)) {
    return keepElsewhere(user, guest, id, theirs, 'currency_mismatch');
  } else {
    user.lines.set(id, { ...theirs, quantity, added: user.nextTime() });
  }
  return { quantity, ...clamped };
}

function keepElsewhere(user: ModelCart, guest: ModelCart, id: string, theirs: ModelLine, reason: string): Outcome {
  const line = { ...theirs, currency: theirs.price === null ? null : guest.currency };
  const kept_in = addSaved(user, id, line) === undefined ? 'saved' : 'guest';
  return { quantity: 0, reason, remainder: theirs.quantity, kept_in };
}

function mergeSaved(user: ModelCart, guest: ModelCart, report: MergeRow[]): void {
  for (const id of inOrder(guest.saved)) {
    const theirs = guest.saved.get(id);
    if (theirs === undefined) continue;
    const quantity = user.saved.get(id)?.quantity ?? 0;
    const reason = addSaved(user, id, theirs);
    if (reason === undefined) guest.saved.delete(id);
    else
      report.push(
        rowOf(id, theirs, theirs.quantity, quantity, {
          quantity,
          reason,
          remainder: theirs.quantity,
          kept_in: 'guest',
        }),
      );
  }
}

/** @returns why that is not possible. */
function addSaved(user: ModelCart, id: string, theirs: ModelSavedLine): string | undefined {
  const mine = user.saved.get(id);
  if (quantityOf(user.saved, theirs.productId) + theirs.quantity > MAX_QUANTITY) return 'quantity_limit_exceeded';
  if (mine === undefined && user.saved.size >= MAX_LINES) return 'cart_line_limit_exceeded';
  const note = joinedNotes(mine?.note ?? null, theirs.note);
  user.saved.set(id, { ...(mine ?? theirs), quantity: (mine?.quantity ?? 0) + theirs.quantity, note });
  return undefined;
}

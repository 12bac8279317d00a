import type { MergeResult } from '@cartwright/client';

type MergedLine = MergeResult['report'][number];

/** What became of one of the guest's lines, in a sentence. */
export function reportText(line: MergedLine, name: string): string {
  const { guest_quantity, user_quantity, quantity, clamped, kept_in } = line;
  const before = user_quantity === 0 ? '' : ` and ${user_quantity} that you already had`;
  const sum = `${name}: ${guest_quantity} from your guest cart${before}, now ${quantity}.`;
  if (kept_in === 'saved') return `${sum} It did not fit in your cart, so it is saved for later.`;
  if (kept_in === 'guest') return `${sum} It did not fit in your cart, and is still in the guest cart.`;
  return clamped ? `${sum} That is the most a cart can hold.` : sum;
}

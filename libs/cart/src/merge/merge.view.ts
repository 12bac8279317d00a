import { MergeReportDto } from '#http';
import { renderCart } from '../response/cart.view.js';
import { fieldsOf } from '../response/lines.view.js';
import type { Merged } from '../domain/merge.js';
import { messagesOfMerge } from '../domain/merge-messages.js';

/** The JSON of a merge, as `MergeResultDto` describes it. */
export function renderMerged(merged: Merged): string {
  const cart = renderCart(merged.cart, messagesOfMerge(merged.report));
  return `{"cart":${cart},${fieldsOf(MergeReportDto.of(merged))}}`;
}

import type { CartAnswer } from './answers.js';

/** The rows of a cart: a header, its lines, its totals. */
export function cartTable({ items, count, total_price, currency }: CartAnswer): string[][] {
  const money = (amount: number | null): string => (amount === null ? 'no price' : formatMoney(amount, currency));
  return [
    ['Product', 'Quantity', 'Price', 'Total'],
    ...items.map((item) => [
      item.name ?? item.product_id,
      String(item.quantity),
      money(item.price),
      money(item.line_total),
    ]),
    ['Total', String(count), '', money(total_price)],
  ];
}

export function formatMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);
}

/** A price as shoppers write it; a dash if there is none. */
export function money(amount: number | null | undefined, currency: string): string {
  return amount == null ? '–' : new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a shopper should be told about a line. */
export interface Message {
  readonly code: 'price_changed' | 'unpriced' | 'unavailable' | 'unreadable' | 'joined' | 'clamped';
  readonly severity: 'info' | 'warning' | 'error';
  readonly lineId: string;
  readonly detail: string;
}

import type { Response, Test } from 'supertest';
import type { CartClient } from './cart-client.js';
import type { Http } from './test-app.js';

export const MUG = { name: 'Mug', price: 9.5 };

/** Adds a mug with options and, by `more`, a note or another quantity. */
export function addMug(http: Http, cart: CartClient, options: object | undefined, more: object = {}): Test {
  const body = { product_id: 'mug', quantity: 1, product_data: MUG, ...(options && { options }), ...more };
  return cart.send(http.post('/cart/add')).send(body);
}

export function changeLine(http: Http, cart: CartClient, lineId: string, body: object): Test {
  return cart.send(http.patch(`/cart/lines/${encodeURIComponent(lineId)}`)).send(body);
}

interface Line {
  readonly line_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly note?: string;
}

/** The lines of a cart in a response. */
export const linesOf = ({ body }: Response): Line[] => body.items;

import type { Response, Test } from 'supertest';
import type { Http } from './test-app.js';
import { bearer } from './tokens.js';

/** One user's requests to the cart endpoints. */
export class CartClient {
  constructor(
    private readonly http: Http,
    readonly userId: string,
    private readonly authorization: string = bearer(userId),
  ) {}

  /** The same requests by another user. */
  by(userId: string): CartClient {
    return new CartClient(this.http, userId);
  }

  add(productId: string, quantity: unknown = 1, productData?: object): Test {
    return this.send(this.http.post('/cart/add')).send({
      product_id: productId,
      quantity,
      ...(productData && { product_data: productData }),
    });
  }

  get(): Test {
    return this.send(this.http.get('/cart'));
  }

  /** The ETag of the cart as it is now. */
  async tag(): Promise<string> {
    const { headers } = await this.get().expect(200);
    return String(headers.etag);
  }

  count(): Test {
    return this.send(this.http.get('/cart/count'));
  }

  update(productId: string, quantity: number): Test {
    return this.send(this.http.put(`/cart/update/${encodeURIComponent(productId)}`)).send({ quantity });
  }

  remove(productId: string): Test {
    return this.send(this.http.delete(`/cart/remove/${encodeURIComponent(productId)}`));
  }

  clear(): Test {
    return this.send(this.http.delete('/cart/clear'));
  }

  batch(...operations: object[]): Test {
    return this.send(this.http.post('/cart/batch')).send({ operations });
  }

  reprice(): Test {
    return this.send(this.http.post('/cart/reprice'));
  }

  save(productId: string): Test {
    return this.send(this.http.post(`/cart/save/${encodeURIComponent(productId)}`));
  }

  restore(productId: string): Test {
    return this.send(this.http.post(`/cart/restore/${encodeURIComponent(productId)}`));
  }

  checkout(body: object = {}): Test {
    return this.send(this.http.post('/cart/checkout')).send(body);
  }

  getCheckout(checkoutId: string): Test {
    return this.send(this.http.get(`/cart/checkout/${checkoutId}`));
  }

  abandon(checkoutId: string): Test {
    return this.send(this.http.delete(`/cart/checkout/${checkoutId}`));
  }

  /** @param strategy defaults to the service's default. */
  merge(guestToken: string, strategy?: string): Test {
    return this.send(this.http.post('/cart/merge')).send({ guest_token: guestToken, ...(strategy && { strategy }) });
  }

  /** Completes one of this user's checkouts, as an order service does. */
  complete(checkoutId: string, orderId: string): Test {
    return this.http
      .post(`/cart/checkout/${checkoutId}/complete`)
      .set('Authorization', bearer('order-desk', 'orders'))
      .send({ user_id: this.userId, order_id: orderId });
  }

  /** Any other request with this user's token. */
  send(request: Test): Test {
    return request.set('Authorization', this.authorization);
  }
}

export const LAPTOP = { name: 'Laptop', price: 99.99 };
export const MOUSE = { name: 'Mouse', price: 29.99 };

/** The quantities of the products in a cart response, in its order. */
export function quantitiesOf(cart: Response['body']): Record<string, number> {
  const lines: { product_id: string; quantity: number }[] = cart.items;
  return Object.fromEntries(lines.map(({ product_id, quantity }) => [product_id, quantity]));
}

/** The product ids of a cart, in its order. */
export function productIdsOf(response: Response): string[] {
  return response.body.items.map(({ product_id }: { product_id: string }) => product_id);
}

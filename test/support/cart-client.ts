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

  /** Any other request with this user's token. */
  send(request: Test): Test {
    return request.set('Authorization', this.authorization);
  }
}

export const LAPTOP = { name: 'Laptop', price: 99.99 };
export const MOUSE = { name: 'Mouse', price: 29.99 };

/** The product ids of a cart, in its order. */
export function productIdsOf(response: Response): string[] {
  return response.body.items.map(({ product_id }: { product_id: string }) => product_id);
}

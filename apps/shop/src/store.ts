import {
  ConnectionError,
  type Cart,
  type Checkout,
  type EmailAndPassword,
  type FeedState,
  type Product,
  type ShopperClient,
  type SignedIn,
  type WriteOptions,
} from '@cartwright/client';
import { explain, SIGNED_OUT } from './explain.js';
import { placeOrder, type PlacedOrder } from './orders.js';
import { SHELF } from './shelf.js';
import { createShopper } from './shopper.js';
import type { Trouble } from './trouble.js';

/** What the page knows. Dispatches `change` when any of it has changed, and `done` with a text when a write has succeeded. */
export class Store extends EventTarget {
  products: readonly Product[] | undefined;
  cart: Cart | undefined;
  /** Whether changes in other tabs are seen. */
  feed: FeedState = 'connecting';
  isRetrying = false;
  trouble: Trouble | undefined;

  private readonly client: ShopperClient;

  constructor() {
    super();
    this.client = createShopper({
      retry: () => {
        this.set({ isRetrying: true });
      },
      signedOut: () => {
        this.set({ cart: undefined, trouble: { text: SIGNED_OUT, retry: undefined } });
      },
    });
  }

  get isSignedIn(): boolean {
    return this.client.auth.isSignedIn;
  }

  /** Loads everything, and keeps the cart in sync with other tabs and devices. */
  start(): void {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.refresh();
    });
    void this.follow();
    void this.load();
  }

  /** Prices may change although the cart does not, so this is called whenever a shopper looks at it. */
  async refresh(): Promise<void> {
    await this.attempt(async () => {
      this.showCart(await this.client.cart.get());
    });
  }

  async add(product: Product, glaze: string): Promise<boolean> {
    const item = { product_id: product.product_id, quantity: 1, options: { glaze } };
    return this.change(`${product.name}, ${glaze}: added to the cart.`, async (options) =>
      this.client.cart.add(item, options),
    );
  }

  async setQuantity(lineId: string, name: string, quantity: number): Promise<boolean> {
    const done = quantity === 0 ? `${name}: removed from the cart.` : `${name}: now ${quantity}.`;
    return this.change(done, async (options) => this.client.cart.update(lineId, quantity, options));
  }

  async save(lineId: string, name: string): Promise<boolean> {
    return this.change(`${name}: saved for later.`, async (options) => this.client.cart.save(lineId, options));
  }

  async restore(lineId: string, name: string): Promise<boolean> {
    return this.change(`${name}: back in the cart.`, async (options) => this.client.cart.restore(lineId, options));
  }

  async acceptPrices(): Promise<boolean> {
    return this.change('Your cart now has the current prices.', async (options) => this.client.cart.reprice(options));
  }

  /** @throws what the client throws, such as a ProblemError `price_changed`. */
  async checkOut(): Promise<Checkout> {
    return this.client.checkout.create();
  }

  /** @returns undefined if there is no order service. */
  async pay(checkout: Checkout): Promise<PlacedOrder | undefined> {
    const order = await placeOrder(checkout, (await this.client.auth.accessToken()) ?? '');
    if (order !== undefined) await this.refresh();
    return order;
  }

  /** @throws what the client throws, such as a ProblemError `invalid_credentials`. */
  async signIn(credentials: EmailAndPassword, isNew: boolean): Promise<SignedIn['report']> {
    if (isNew) await this.client.auth.register(credentials);
    const { cart, report } = await this.client.auth.signIn(credentials);
    this.showCart(cart);
    return report;
  }

  async signOut(): Promise<void> {
    await this.attempt(async () => this.client.auth.signOut());
    this.set({ cart: undefined });
  }

  dismissTrouble(): void {
    this.set({ trouble: undefined });
  }

  private async load(): Promise<void> {
    await this.attempt(
      async () => {
        const { products } = await this.client.products.getMany(SHELF);
        this.set({ products });
        // A sign-in may have been interrupted before the guest's cart was taken over.
        await this.client.auth.mergeGuest();
      },
      async () => this.load(),
    );
  }

  /**
   * Writes to the cart. A write without a response is retried with the same key, so it is applied once.
   * @returns whether it succeeded.
   */
  private async change(
    done: string,
    write: (options: WriteOptions) => Promise<Cart>,
    idempotencyKey?: string,
  ): Promise<boolean> {
    const { userId } = this.client.auth;
    try {
      const cart = await write({ idempotencyKey });
      this.showCart(cart);
      this.set({ isRetrying: false, trouble: undefined });
      if (this.isOfCurrentUser(cart)) this.dispatchEvent(new CustomEvent('done', { detail: done }));
      return true;
    } catch (error) {
      this.set({
        isRetrying: false,
        trouble: this.troubleOf(error, userId, async (key) => this.change(done, write, key)),
      });
      return false;
    }
  }

  /**
   * What to say about a write that has failed.
   * @param userId of the user who made it. As another user, it could be applied a second time.
   */
  private troubleOf(error: unknown, userId: string | undefined, retry: (key: string) => Promise<unknown>): Trouble {
    const key = error instanceof ConnectionError ? error.idempotencyKey : undefined;
    if (key === undefined) return { text: explain(error), retry: undefined };
    const text = `${explain(error)} Your change may have been made anyway.`;
    if (userId !== this.client.auth.userId) return { text, retry: undefined };
    return { text: `${text} Trying again will not make it twice.`, retry: async () => retry(key) };
  }

  private async attempt(act: () => Promise<unknown>, retry?: () => unknown): Promise<void> {
    try {
      await act();
      this.set({ isRetrying: false });
    } catch (error) {
      this.set({ isRetrying: false, trouble: { text: explain(error), retry: retry ?? (async () => this.refresh()) } });
    }
  }

  /** Shows the cart of the current user from now on, also after a user signs in or out in any tab. */
  private async follow(): Promise<void> {
    const onState = (feed: FeedState): void => {
      this.set({ feed });
    };
    await this.attempt(
      async () => {
        for await (const cart of this.client.cart.live({ onState })) this.set({ cart, isRetrying: false });
      },
      async () => this.follow(),
    );
  }

  /** Responses may arrive in another order than the writes, and after someone has signed in or out, here or in another tab. */
  private showCart(cart: Cart): void {
    const isOlder = this.cart?.user_id === cart.user_id && cart.version < this.cart.version;
    if (!isOlder && this.isOfCurrentUser(cart)) this.set({ cart });
  }

  private isOfCurrentUser(cart: Cart): boolean {
    return cart.user_id === this.client.auth.userId;
  }

  private set(change: Partial<Pick<Store, 'products' | 'cart' | 'feed' | 'isRetrying' | 'trouble'>>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event('change'));
  }
}

import { isProblem, type Cart, type Checkout } from '@cartwright/client';
import { button, element, type Content } from '../dom/element.js';
import { explain } from '../explain.js';
import { countOf, money } from '../money.js';
import type { Store } from '../store.js';

/** Turns the cart into an order: checks out, shows what was frozen, and pays. */
export class CheckoutPanel extends HTMLElement {
  private readonly message = element('p', { class: 'note', role: 'status', hidden: true });
  private readonly start: HTMLButtonElement;
  private readonly step: HTMLElement;
  private isOpen = false;

  constructor(private readonly store: Store) {
    super();
    this.start = button('Check out', async () => this.checkOut(), { class: 'primary wide' });
    this.step = element('div', {}, this.start);
    this.append(this.message, this.step);
  }

  show(cart: Cart | undefined): void {
    this.start.hidden = (cart?.count ?? 0) === 0;
    // What was frozen is no longer what is in the cart.
    if (this.isOpen && cart?.count === 0) this.reset();
  }

  /** Begins anew. */
  reset(): void {
    this.isOpen = false;
    this.step.replaceChildren(this.start);
    this.tell('');
  }

  private async checkOut(): Promise<void> {
    try {
      this.confirm(await this.store.checkOut());
    } catch (error) {
      await this.store.refresh();
      const isPrice = isProblem(error, 'price_changed');
      this.tell(
        isPrice
          ? 'A price has changed. Review your cart, use the current prices, and check out again.'
          : explain(error),
      );
    }
  }

  private confirm(checkout: Checkout): void {
    const { count, total_price, currency, expires_at } = checkout;
    const until = new Date(expires_at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit' });
    this.tell(
      `${countOf(count, 'item')} for ${money(total_price, currency)}. This price is kept for you until ${until}.`,
    );
    this.isOpen = true;
    const pay = button(`Pay ${money(total_price, currency)}`, async () => this.pay(checkout), {
      class: 'primary wide',
    });
    const back = button(
      'Back to the cart',
      () => {
        this.reset();
        this.start.focus();
      },
      { class: 'quiet wide' },
    );
    this.step.replaceChildren(pay, back);
    pay.focus();
  }

  private async pay(checkout: Checkout): Promise<void> {
    try {
      const order = await this.store.pay(checkout);
      this.reset();
      if (order === undefined) this.tell('There is no order service here, so nothing was ordered. Your cart is kept.');
      else
        this.tell(
          element('strong', {}, `Thank you. Your order is ${order.orderId}.`),
          ' This is an example: nothing was paid.',
        );
    } catch (error) {
      // The same checkout again is the same order.
      this.tell(`${explain(error)} Try to pay again: the order is placed only once.`);
    }
  }

  private tell(...content: readonly Content[]): void {
    this.message.replaceChildren(...content);
    this.message.hidden = this.message.textContent === '';
  }
}

customElements.define('shop-checkout', CheckoutPanel);

import type { CartItem } from '@cartwright/client';
import { button, element } from '../dom/element.js';
import type { Row } from '../dom/show-list.js';
import { money } from '../money.js';
import type { Store } from '../store.js';

/** A line of the cart, or a saved line. Shows newer states of it without losing the focus. */
export class CartLine extends HTMLElement implements Row<CartItem> {
  private item: CartItem | undefined;
  private readonly picture = element('img', { alt: '', width: '64', height: '64' });
  private readonly heading = element('span', { class: 'line-name' });
  private readonly message = element('p', { class: 'line-message' });
  private readonly total = element('span', { class: 'price' });
  private readonly quantity = element('span', { class: 'quantity' });
  private readonly buttons: readonly HTMLButtonElement[];

  constructor(
    private readonly store: Store,
    private readonly currency: () => string,
    isSaved: boolean,
  ) {
    super();
    this.setAttribute('role', 'listitem');
    this.buttons = isSaved ? [this.act('Move to cart', 'restore')] : this.cartButtons();
    const [fewer, more, ...others] = this.buttons;
    const stepper =
      isSaved || fewer === undefined || more === undefined
        ? [this.quantity, ...this.buttons]
        : [element('div', { class: 'stepper' }, fewer, this.quantity, more), ...others];
    this.append(
      this.picture,
      element('div', { class: 'line-top' }, this.heading, this.total),
      element('div', { class: 'line-buttons' }, ...stepper),
      this.message,
    );
  }

  show(item: CartItem): void {
    this.item = item;
    const label = this.label;
    const prices = item.messages.map(({ detail }) => detail);
    if (this.picture.getAttribute('src') !== item.image_url) this.picture.setAttribute('src', item.image_url ?? '');
    this.heading.textContent = label;
    this.total.textContent = money(item.line_total, this.currency());
    this.quantity.textContent = String(item.quantity);
    this.message.textContent = this.priceMessage(item) ?? prices.join(' ');
    this.message.hidden = this.message.textContent === '';
    for (const each of this.buttons) each.setAttribute('aria-label', `${each.title}: ${label}`);
  }

  private get label(): string {
    const { name, product_id, options = {} } = this.item ?? { name: null, product_id: '' };
    return [name ?? product_id, ...Object.values(options).map(String)].join(', ');
  }

  private priceMessage({ price, current_price }: CartItem): string | undefined {
    if (current_price === undefined || current_price === price) return undefined;
    return `The price was ${money(price, this.currency())} when you added it, and is now ${money(current_price, this.currency())}.`;
  }

  private cartButtons(): HTMLButtonElement[] {
    return [
      this.step('−', 'One fewer', -1),
      this.step('+', 'One more', 1),
      this.act('Save for later', 'save'),
      button('Remove', async () => this.setQuantity(0), { class: 'quiet', title: 'Remove' }),
    ];
  }

  private step(sign: string, title: string, by: number): HTMLButtonElement {
    return button(sign, async () => this.setQuantity((this.item?.quantity ?? 0) + by), { title });
  }

  private act(title: string, method: 'save' | 'restore'): HTMLButtonElement {
    return button(title, async () => this.store[method](this.item?.line_id ?? '', this.label), {
      class: 'quiet',
      title,
    });
  }

  private async setQuantity(quantity: number): Promise<boolean> {
    return this.store.setQuantity(this.item?.line_id ?? '', this.label, quantity);
  }
}

customElements.define('shop-line', CartLine);

import type { Cart, CartItem } from '@cartwright/client';
import { button, element } from '../dom/element.js';
import { openDialog } from '../dom/open-dialog.js';
import { showList, type Row } from '../dom/show-list.js';
import { countOf, money } from '../money.js';
import type { Store } from '../store.js';
import { CartLine } from './cart-line.js';
import { CheckoutPanel } from './checkout-panel.js';

/** The cart, in a dialog at the side of the page: it takes the focus, and Escape closes it. */
export class CartDrawer extends HTMLElement {
  private readonly rows = new Map<string, Row<CartItem>>();
  private readonly savedRows = new Map<string, Row<CartItem>>();
  private readonly lines = element('div', { class: 'lines', role: 'list', 'aria-label': 'In your cart' });
  private readonly savedLines = element('div', { class: 'lines', role: 'list', 'aria-label': 'Saved for later' });
  private readonly saved = element('section', {}, element('h3', {}, 'Saved for later'), this.savedLines);
  private readonly empty = element('p', { class: 'empty' });
  private readonly prices = element('div', { class: 'note', role: 'status' });
  private readonly count = element('span', { class: 'muted' });
  private readonly total = element('span', { class: 'price' });
  private readonly contents: HTMLElement;
  private readonly checkout: CheckoutPanel;
  private readonly dialog: HTMLDialogElement;

  constructor(
    private readonly store: Store,
    private readonly notices: HTMLElement,
  ) {
    super();
    this.checkout = new CheckoutPanel(store);
    const close = button(
      'Close',
      () => {
        this.dialog.close();
      },
      { class: 'quiet', 'aria-label': 'Close the cart' },
    );
    const heading = element('h2', { id: 'cart-heading' }, 'Your cart');
    this.contents = element(
      'div',
      { class: 'drawer-body', tabindex: '0', role: 'region', 'aria-label': 'Contents of the cart' },
      this.prices,
      this.empty,
      this.lines,
      this.saved,
    );
    this.dialog = element(
      'dialog',
      { class: 'drawer', 'aria-labelledby': 'cart-heading' },
      element('header', {}, heading, close),
      this.contents,
      element('footer', {}, element('p', { class: 'total' }, this.count, this.total), this.checkout),
    );
    this.append(this.dialog);
    store.addEventListener('change', () => {
      this.show();
    });
    this.show();
  }

  open(): void {
    this.checkout.reset();
    openDialog(this.dialog, this.notices);
    void this.store.refresh();
  }

  private show(): void {
    const { cart } = this.store;
    const currency = (): string => this.store.cart?.currency ?? 'USD';
    const items = cart?.items ?? [];
    const saved = cart?.saved_items ?? [];
    const keyOf = ({ line_id }: CartItem): string => line_id;
    showList(this.lines, items, keyOf, () => new CartLine(this.store, currency, false), this.rows);
    showList(this.savedLines, saved, keyOf, () => new CartLine(this.store, currency, true), this.savedRows);
    this.lines.hidden = items.length === 0;
    this.saved.hidden = saved.length === 0;
    this.empty.hidden = items.length > 0;
    this.empty.textContent = cart === undefined ? 'Loading your cart …' : 'Your cart is empty.';
    this.count.textContent = countOf(cart?.count ?? 0, 'item');
    this.total.textContent = money(cart?.total_price ?? 0, currency());
    this.checkout.show(cart);
    this.showPrices(cart);
    // The line that had the focus is gone.
    if (this.dialog.open && document.activeElement === document.body) this.contents.focus();
  }

  /** Prices change only when the shopper says so. */
  private showPrices(cart: Cart | undefined): void {
    const changes = cart?.price_changes ?? 0;
    const text = `${countOf(changes, 'price')} ${changes === 1 ? 'has' : 'have'} changed since you added ${changes === 1 ? 'the product' : 'the products'}.`;
    this.prices.hidden = changes === 0;
    if (changes === 0 || this.prices.firstChild?.textContent === text) return;
    this.prices.replaceChildren(
      element('p', {}, text),
      button('Use the current prices', async () => this.store.acceptPrices()),
    );
  }
}

customElements.define('shop-cart', CartDrawer);

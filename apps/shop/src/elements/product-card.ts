import type { Product } from '@cartwright/client';
import { button, element } from '../dom/element.js';
import { money } from '../money.js';
import { GLAZES, picturedGlaze, type Glaze } from '../shelf.js';
import type { Store } from '../store.js';

/** A product on the shelf: its picture, its price, and a glaze to choose. */
export class ProductCard extends HTMLElement {
  private glaze: Glaze;

  constructor(
    store: Store,
    private readonly product: Product,
  ) {
    super();
    this.glaze = picturedGlaze(product.product_id);
    const { name, price, currency, description = '', image_url = '' } = product;
    this.append(
      element('img', { src: image_url, alt: '', width: '320', height: '320' }),
      element('div', { class: 'product-text' }, element('h3', {}, name), element('p', { class: 'muted' }, description)),
      this.glazes(),
      element(
        'div',
        { class: 'product-buy' },
        element('span', { class: 'price' }, money(price, currency)),
        button('Add to cart', async () => store.add(product, this.glaze), {
          class: 'primary',
          'aria-label': `Add to cart: ${name}`,
        }),
      ),
    );
  }

  private glazes(): HTMLElement {
    const choices = GLAZES.map((glaze) => {
      const input = element('input', {
        type: 'radio',
        name: `glaze-${this.product.product_id}`,
        value: glaze,
        checked: glaze === this.glaze,
      });
      input.addEventListener('change', () => {
        this.glaze = glaze;
      });
      return element('label', { class: `glaze glaze-${glaze.toLowerCase()}` }, input, element('span', {}, glaze));
    });
    const legend = element('legend', { class: 'visually-hidden' }, `Glaze of the ${this.product.name}`);
    return element('fieldset', { class: 'glazes' }, legend, ...choices);
  }
}

customElements.define('shop-product', ProductCard);

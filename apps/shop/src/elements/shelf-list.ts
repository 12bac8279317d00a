import { element } from '../dom/element.js';
import type { Store } from '../store.js';
import { ProductCard } from './product-card.js';

/** All products. */
export class ShelfList extends HTMLElement {
  private shown: unknown;

  constructor(private readonly store: Store) {
    super();
    this.append(element('p', { class: 'empty' }, 'Loading the products …'));
    store.addEventListener('change', () => {
      this.show();
    });
  }

  private show(): void {
    const { products } = this.store;
    if (products === undefined || products === this.shown) return;
    this.shown = products;
    this.replaceChildren(
      ...(products.length === 0
        ? [
            element(
              'p',
              { class: 'empty' },
              'The product cache has none of these products. In development, npm start fills it.',
            ),
          ]
        : products.map((product) => new ProductCard(this.store, product))),
    );
  }
}

customElements.define('shop-shelf', ShelfList);

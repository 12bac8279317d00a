import { button, element } from '../dom/element.js';
import type { Store } from '../store.js';

const SAID_FOR_MS = 8_000;

/** Says what does not work at the moment, and what has just been done. */
export class NoticeBar extends HTMLElement {
  private readonly connection = element('p', { class: 'connection', role: 'status', hidden: true });
  private readonly trouble = element('div', { class: 'trouble', role: 'alert', hidden: true });
  private readonly done = element('p', { class: 'done', role: 'status' });
  private shown: unknown;
  private end: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly store: Store) {
    super();
    this.append(this.connection, this.trouble, this.done);
    store.addEventListener('change', () => {
      this.show();
    });
    store.addEventListener('done', (event) => {
      if (event instanceof CustomEvent) this.say(String(event.detail));
    });
  }

  private say(text: string): void {
    this.done.textContent = text;
    clearTimeout(this.end);
    this.end = setTimeout(() => {
      this.done.textContent = '';
    }, SAID_FOR_MS);
  }

  private show(): void {
    const { isRetrying, feed, trouble } = this.store;
    const text = connectionText(isRetrying, feed === 'waiting');
    if (this.connection.textContent !== text) this.connection.textContent = text;
    this.connection.hidden = text === '';
    if (trouble === this.shown) return;
    this.shown = trouble;
    this.trouble.hidden = trouble === undefined;
    if (trouble === undefined) return;
    const { text: told, retry } = trouble;
    const again =
      retry === undefined
        ? []
        : [
            button('Try again', async () => {
              this.store.dismissTrouble();
              await retry();
            }),
          ];
    const dismiss = button(
      'Dismiss',
      () => {
        this.store.dismissTrouble();
      },
      { class: 'quiet' },
    );
    this.trouble.replaceChildren(element('p', {}, told), ...again, dismiss);
  }
}

function connectionText(isRetrying: boolean, isWaiting: boolean): string {
  if (isRetrying) return 'The shop is not responding. Trying again …';
  return isWaiting ? 'The connection is lost. Changes in other tabs are not shown for now.' : '';
}

customElements.define('shop-notices', NoticeBar);

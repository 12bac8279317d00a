import { button, element } from './dom/element.js';
import { AccountDialog } from './elements/account-dialog.js';
import { CartDrawer } from './elements/cart-drawer.js';
import { NoticeBar } from './elements/notice-bar.js';
import { ShelfList } from './elements/shelf-list.js';
import { countOf } from './money.js';
import { Store } from './store.js';

/** The page: puts the elements in their places, and starts. */

const store = new Store();
const notices = new NoticeBar(store);
const drawer = new CartDrawer(store, notices);
const account = new AccountDialog(store, notices);

const count = element('span', { class: 'badge', 'aria-hidden': 'true' }, '0');
const openCart = button(
  'Cart',
  () => {
    drawer.open();
  },
  { class: 'primary' },
);
openCart.append(count);
const sign = button('Sign in', async () => {
  if (store.isSignedIn) await store.signOut();
  else account.open();
});

store.addEventListener('change', () => {
  const items = store.cart?.count ?? 0;
  count.textContent = String(items);
  openCart.setAttribute('aria-label', `Cart, ${countOf(items, 'item')}`);
  sign.textContent = store.isSignedIn ? 'Sign out' : 'Sign in';
});

document.querySelector('#actions')?.append(sign, openCart);
document.querySelector('#shelf')?.replaceChildren(new ShelfList(store));
document.querySelector('#notices')?.append(notices);
document.body.append(drawer, account);
store.start();

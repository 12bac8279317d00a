import { cart, nothing, problem, session } from './answers.js';
import type { ApiClient } from './api-client.js';
import { expectSame } from './demo-failure.js';
import type { Page } from './page.js';

const PREFERENCES = { theme: 'dark', language: 'en' };
const MOUSE = { product_id: 'mouse', product_data: { name: 'Mouse', price: 29.99 } };

/** Shows a session from its creation to its deletion, with the current number of items in the cart. */
export async function sessionManagement(shopper: ApiClient, page: Page): Promise<void> {
  page.section('Session management');
  const path = await create(shopper, page);

  const added = await shopper.send('POST', '/cart/add', { body: { ...MOUSE, quantity: 3 }, answers: cart });
  page.step(added, 'adds three mice to the cart');

  const seen = await shopper.send('GET', path, { answers: session });
  page.step(shortened(seen), `cart_count is now ${seen.body.cart_count}`);
  expectSame("The session's cart_count", seen.body.cart_count, 3);

  await end(shopper, page, path);
  await shopper.send('DELETE', '/cart/clear', { answers: cart });
}

/** @returns the path of the new session. */
async function create(shopper: ApiClient, page: Page): Promise<string> {
  const body = { preferences: PREFERENCES };
  const created = await shopper.send('POST', '/session/create', { body, answers: session, status: 201 });
  const { session_id, cart_count } = created.body;
  const preferences = JSON.stringify(created.body.preferences);
  page.step(created, `preferences ${preferences}, cart_count ${cart_count}`);
  expectSame("The session's preferences", preferences, JSON.stringify(PREFERENCES));
  return `/session/${session_id}`;
}

async function end(shopper: ApiClient, page: Page, path: string): Promise<void> {
  const deleted = await shopper.send('DELETE', path, { answers: nothing, status: 204 });
  page.step(shortened(deleted), 'the session ends');

  const gone = await shopper.send('GET', path, { answers: problem, status: 404 });
  page.step(shortened(gone), gone.body.code);
  expectSame("The problem's code", gone.body.code, 'session_not_found');
}

/** Shortens a session id: its 43 characters are too long for a line, and it is a secret. */
function shortened<A extends { readonly request: string }>(answer: A): A {
  return { ...answer, request: answer.request.replace(/(\/session\/.{6}).*/, '$1…') };
}

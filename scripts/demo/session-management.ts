import { cart, nothing, problem, session } from './answers.js';
import type { ApiClient } from './api-client.js';
import { expectSame } from './demo-failure.js';
import type { Page } from './page.js';

const PREFERENCES = { theme: 'dark', language: 'en' };
const MOUSE = { product_id: 'mouse', product_data: { name: 'Mouse', price: 29.99 } };

/** A session lives from its creation to its deletion and knows the cart as it is now. */
export async function sessionManagement(shopper: ApiClient, page: Page): Promise<void> {
  page.section('Session management');
  const path = await create(shopper, page);

  const added = await shopper.send('POST', '/cart/add', { body: { ...MOUSE, quantity: 3 }, answers: cart });
  page.step(added, 'three mice go into the cart');

  const seen = await shopper.send('GET', path, { answers: session });
  page.step(shortened(seen), `cart_count is ${seen.body.cart_count} now`);
  expectSame('The cart_count of the session', seen.body.cart_count, 3);

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
  expectSame('The preferences of the session', preferences, JSON.stringify(PREFERENCES));
  return `/session/${session_id}`;
}

async function end(shopper: ApiClient, page: Page, path: string): Promise<void> {
  const deleted = await shopper.send('DELETE', path, { answers: nothing, status: 204 });
  page.step(shortened(deleted), 'the session ends');

  const gone = await shopper.send('GET', path, { answers: problem, status: 404 });
  page.step(shortened(gone), gone.body.code);
  expectSame('The code of the problem', gone.body.code, 'session_not_found');
}

/** A session id has 43 characters, too many for a line, and is no one else's business. */
function shortened<A extends { readonly request: string }>(answer: A): A {
  return { ...answer, request: answer.request.replace(/(\/session\/.{6}).*/, '$1…') };
}

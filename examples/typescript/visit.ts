import { createClient, isProblem } from '@cartwright/client';

/** A guest's visit to the shop, and signing in at the end. Every line is typed from the service's OpenAPI document. */

const { cart, checkout, auth } = createClient({
  baseUrl: process.env.CARTWRIGHT_URL ?? 'http://127.0.0.1:8001',
  onRetry: ({ attempts, delayMs }) => {
    print(`Attempt ${attempts} failed, the next one is in ${Math.round(delayMs)} ms`);
  },
});

const MUG = { product_id: 'mug', product_data: { name: 'Mug', price: 9.5 } };

// A visitor is a guest from the first request on. If no response comes, the client sends it again, and it counts once.
const added = await cart.add({ ...MUG, quantity: 2 });
print(`${added.count} items, ${added.total_price} ${added.currency}`);

// Only if no other client has changed the cart since.
const changed = await cart.update('mug', 3, { ifMatch: added });
print(`${changed.count} items, version ${changed.version}`);

try {
  await cart.update('mug', 4, { ifMatch: added });
} catch (error) {
  if (!isProblem(error, 'version_mismatch')) throw error;
  print(`${error.code}: the cart is at version ${error.problem.version}`);
}

// The changes of all tabs and devices, as they happen.
for await (const event of cart.follow()) {
  print(`${event.event}: version ${event.version}`);
  if (event.event === 'change') break;
  await cart.add({ ...MUG, quantity: 1 });
}

// A token of your identity provider, or `auth.signIn` with an account of this service. The guest's cart comes along.
const { access_token } = await auth.devToken({ user_id: `visitor-${Date.now()}` });
const { report } = await auth.signInWith(access_token);
print(`merged: ${report.map(({ product_id, quantity }) => `${quantity} × ${product_id}`).join(', ')}`);

const order = await checkout.create();
print(`checkout ${order.status}: ${order.total_price} ${order.currency}`);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

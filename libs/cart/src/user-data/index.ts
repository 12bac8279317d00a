export * from './cart-data.store.js';
export * from './checkout-data.store.js';
export * from './idempotency-data.store.js';
export * from './merge-data.store.js';
export * from './metrics-data.store.js';

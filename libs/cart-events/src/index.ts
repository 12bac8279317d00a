export * from './cart-event-publisher.store.js';
export * from './cart-event.js';
export * from './cart-events.module.js';
export * from './cart-history.store.js';
export * from './event-id.js';
export * from './live-changes.store.js';
export * from './recorded-change.js';

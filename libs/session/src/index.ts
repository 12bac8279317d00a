export { isSessionId } from './domain/session.js';
export * from './ports/cart-counter.js';
export * from './session-data.store.js';
export * from './session.errors.js';
export * from './session.module.js';
export * from './session.service.js';

export * from './account-data.store.js';
export * from './account-ownership.js';
export * from './account-store.module.js';
export * from './accounts.module.js';
export * from './ports/guest-cart-merger.js';
export * from './ports/session-keeper.js';

export * from './accounts.module.js';
export * from './ports/guest-cart-merger.js';
export * from './ports/session-keeper.js';

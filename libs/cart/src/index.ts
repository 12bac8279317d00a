export * from './cart.module.js';
export * from './checkout/checkout.service.js';
export * from './domain/cart.js';
export * from './lines/cart.service.js';
export * from './merge/merge.service.js';
export * from './ports/guest-verifier.js';
export * from './ports/product-reader.js';
export * from './user-data/index.js';

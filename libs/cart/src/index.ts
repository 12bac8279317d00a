export * from './cart.module.js';
export * from './cart.service.js';
export * from './domain/cart.js';
export * from './merge/merge.service.js';
export * from './ports/guest-verifier.js';
export * from './ports/product-reader.js';

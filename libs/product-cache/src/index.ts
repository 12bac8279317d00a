export * from './product-cache.module.js';
export * from './product-cache.service.js';

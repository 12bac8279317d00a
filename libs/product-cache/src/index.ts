export * from './origin/origin.counters.js';
export * from './product-cache.counters.js';
export * from './product-cache.module.js';
export * from './product-cache.service.js';

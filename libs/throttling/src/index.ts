export * from './admission.js';
export * from './not-counted.decorator.js';
export * from './rate-limit-exceeded.error.js';
export * from './redis-throttler.storage.js';
export * from './throttling.module.js';

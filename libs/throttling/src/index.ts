export * from './admission.js';
export * from './rate-limit-data.store.js';
export * from './rate-limit-exceeded.error.js';
export * from './redis-throttler.storage.js';
export * from './throttle-metadata.js';
export { rateLimitRejections } from './throttling.metrics.js';
export * from './throttling.module.js';

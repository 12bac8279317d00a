export * from './not-counted.decorator.js';
export * from './rate-limit-exceeded.error.js';
export * from './throttling.module.js';
export * from './user-throttler.guard.js';

export * from './config.js';
export { configParts } from './config-parts.js';
export * from './config.module.js';
export * from './configuration.error.js';
export { environmentSchema } from './environment.js';
export * from './load-config.js';
export { isRedisConfigured } from './redis-contradictions.js';
export * from './version.js';

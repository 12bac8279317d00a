export * from './embedded/find-redis.js';
export * from './embedded/private-redis.js';
export * from './key-space.js';
export * from './redis-reply.js';
export * from './redis-script.js';
export * from './redis-unavailable.error.js';
export * from './redis.client.js';
export * from './redis.module.js';

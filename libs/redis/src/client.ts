/** The Redis client itself and what deletes keys of any kind, exported as `#redis/client`: only stores may import it. */
export * from './client/key-eraser.js';
export * from './client/redis.client.js';

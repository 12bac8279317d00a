/** The door to the client itself, which only stores use: `#redis/client`. */
export * from './client/redis.client.js';

export * from '../../private-redis/find-redis.js';
export * from '../../private-redis/private-redis.js';

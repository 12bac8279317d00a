export * from './health.module.js';
export * from './shutdown/drain.js';
export * from './shutdown/shutdown.middleware.js';

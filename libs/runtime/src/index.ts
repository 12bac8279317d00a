export * from './clock/clock.module.js';
export * from './clock/clock.provider.js';
export * from './explain-failure.js';
export * from './logging/pino-logger.js';
export * from './logging/rendered-message.js';
export * from './shutdown/close-on-signal.js';
export * from './shutdown/drain.js';
export * from './shutdown/lifecycle.js';

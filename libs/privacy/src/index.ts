export * from './ports/account-owner.js';
export * from './ports/user-data-source.js';
export * from './privacy.module.js';

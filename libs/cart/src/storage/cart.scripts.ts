import { join } from 'node:path';
import { RedisScript } from '#redis';

const load = (name: string): RedisScript => RedisScript.load(join(import.meta.dirname, 'lua'), name);

export const cartScripts = {
  add: load('add'),
  update: load('update'),
  clear: load('clear'),
  batch: load('batch'),
  reprice: load('reprice'),
  save: load('save'),
  restore: load('restore'),
  read: load('read'),
  count: load('count'),
};

/** The steps of a merge, in their order. */
export const mergeScripts = { offer: load('offer_cart'), merge: load('merge'), finish: load('finish_merge') };

export const checkoutScripts = {
  checkout: load('checkout'),
  read: load('read_checkout'),
  complete: load('complete'),
  abandon: load('abandon'),
};

import { join } from 'node:path';
import { RedisScript } from '#redis';

const load = (name: string): RedisScript => RedisScript.load(join(import.meta.dirname, 'lua'), name);

export const cartScripts = {
  add: load('add'),
  update: load('update'),
  clear: load('clear'),
  read: load('read'),
  count: load('count'),
};

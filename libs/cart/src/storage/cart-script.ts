import { join } from 'node:path';
import { RedisScript } from '#redis';

/** Loads one of the cart's scripts, `lua/<name>.lua`. */
export function cartScript(name: string): RedisScript {
  return RedisScript.load(join(import.meta.dirname, 'lua'), name);
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RedisScript } from '#redis';
import { ROOT } from './root.js';

const LIBRARIES = join(ROOT, 'libs');

/** The text of each script, by its path in the libraries. */
export function luaScripts(): ReadonlyMap<string, string> {
  const files = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.lua'));
  return new Map(files.map((file) => [file, readFileSync(join(LIBRARIES, file), 'utf8')]));
}

/** The digests of the scripts of all libraries in Redis, by path; without scripts that others include. */
export function scriptDigests(): ReadonlyMap<string, string> {
  const whole = [...luaScripts()].filter(([file]) => !file.includes('/lua/lib/'));
  return new Map(whole.map(([file]) => [file, digestOf(file)]));
}

function digestOf(file: string): string {
  const { lua } = RedisScript.load(join(LIBRARIES, dirname(file)), basename(file, '.lua'));
  return createHash('sha1').update(lua).digest('hex');
}

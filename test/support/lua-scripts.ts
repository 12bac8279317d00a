import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RedisScript } from '#redis';

const LIBRARIES = join(__dirname, '../../libs');

/** The text of each script, by its path in the libraries. */
export function luaScripts(): ReadonlyMap<string, string> {
  const files = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.lua'));
  return new Map(files.map((file) => [file, readFileSync(join(LIBRARIES, file), 'utf8')]));
}

/** The digests by which Redis knows the scripts of all libraries, by their paths; not those that others include. */
export function scriptDigests(): ReadonlyMap<string, string> {
  const whole = [...luaScripts()].filter(([, text]) => !text.startsWith('-- Included by other scripts'));
  return new Map(whole.map(([file]) => [file, digestOf(file)]));
}

function digestOf(file: string): string {
  const { lua } = RedisScript.load(join(LIBRARIES, dirname(file)), basename(file, '.lua'));
  return createHash('sha1').update(lua).digest('hex');
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './root.js';

/** Seconds for running requests after the drain, and a reserve. */
export const CLOSING_SECONDS = 10 + 5;
/** A password of awkward characters; without `$`, which Compose doubles in its output. */
export const AWKWARD = 'p@ss:w/o#r"d\\ %';

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The names in lines of `NAME=value`, and of `# NAME=value` as in `.env.example`. */
export const namesIn = (text: string): string[] =>
  Array.from(text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm), ([, name = '']) => name);

/** The first of these commands that runs on this machine. */
export const firstOf = (...commands: string[]): string | undefined =>
  commands.find((command) => spawnSync('sh', ['-c', command]).status === 0);

export const tagged = ({ name, newTag }: { name: string; newTag: string }): string => `${name}:${newTag}`;

export const compose = read('docker-compose.yml');
export const { services, volumes } = parse(compose, { merge: true });
export const { app, redis, 'redis-commander': commander } = services;
export const serviceNames = Object.keys(services);
export const COMPOSE_ONLY = ['REDIS_COMMANDER_USER', 'REDIS_COMMANDER_PASSWORD'];
export const SECRETS = ['REDIS_PASSWORD', ...COMPOSE_ONLY];

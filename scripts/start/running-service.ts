import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Holds the address of the service that `npm start` runs in this folder, for the scripts that send requests to it. */
const FILE = '.data/service-url';

export function noteRunningService(url: string): void {
  mkdirSync(dirname(FILE), { recursive: true, mode: 0o700 });
  writeFileSync(FILE, url);
}

export function forgetRunningService(): void {
  rmSync(FILE, { force: true });
}

/** The noted address; undefined if there is none. The service may have been killed since. */
export function notedService(): string | undefined {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return undefined;
  }
}

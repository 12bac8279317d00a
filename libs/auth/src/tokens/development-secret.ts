import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where the secret of development stands, below the folder that the service is started in. */
const FILE = '.data/jwt-secret';

/**
 * A secret for trying things out, made once and readable by its owner only. Never used in production: there the
 * configuration asks for `JWT_SECRET`.
 */
export function developmentSecret(file: string = FILE): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    chmodSync(file, 0o600);
  }
  return readFileSync(file, 'utf8');
}

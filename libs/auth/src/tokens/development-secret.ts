import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ExplainedError } from '#kernel';

/** Where the secret of development stands, below the folder that the service is started in. */
const FILE = '.data/jwt-secret';
const MIN_BYTES = 32;

/**
 * A secret for trying things out, made once and readable by its owner only. Never used in production: there the
 * configuration asks for `JWT_SECRET`.
 * @throws ExplainedError where the file holds something shorter than a secret.
 */
export function developmentSecret(file: string = FILE): string {
  if (!existsSync(file)) make(file);
  chmodSync(file, 0o600);
  const secret = readFileSync(file, 'utf8');
  if (Buffer.byteLength(secret) < MIN_BYTES)
    throw new ExplainedError(`${file} holds no secret. Delete it to have one made.`);
  return secret;
}

/** Written aside and then linked into place, so that no other process ever reads half a secret. */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    // Another process was first: its secret is as good.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
}

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ExplainedError } from '#kernel';

/** The file of the development secret, relative to the working directory. */
const FILE = '.data/jwt-secret';
const MIN_BYTES = 32;

/**
 * A secret for development, created once and readable only by its owner. Never used in production, where the configuration
 * requires `JWT_SECRET`.
 * @throws ExplainedError if the file's content is too short for a secret.
 */
export function developmentSecret(file: string = FILE): string {
  if (!existsSync(file)) make(file);
  chmodSync(file, 0o600);
  const secret = readFileSync(file, 'utf8');
  if (Buffer.byteLength(secret) < MIN_BYTES)
    throw new ExplainedError(`${file} holds no secret. Delete it to have one made.`);
  return secret;
}

/** Written to a temporary file and then linked, so that no other process can read half a secret. */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    // Another process was first; its secret is just as good.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentSecret } from './development-secret.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cartwright-secret-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the development secret', () => {
  it('is created once, is long enough, and is readable only by its owner', () => {
    const file = join(folder, '.data/jwt-secret');
    const secret = developmentSecret(file);
    expect(secret).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(developmentSecret(file)).toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, '.data'))).toEqual(['jwt-secret']);
  });

  it.each(['', 'x', 'x'.repeat(31)])('is rejected if the file contains %j, which anyone could guess', (held) => {
    const file = join(folder, 'jwt-secret');
    writeFileSync(file, held);
    expect(() => developmentSecret(file)).toThrow(`${file} holds no secret`);
    expect(readFileSync(file, 'utf8')).toBe(held);
  });

  it('has its file permissions tightened if others could read it', () => {
    const file = join(folder, 'jwt-secret');
    writeFileSync(file, 'x'.repeat(32), { mode: 0o644 });
    developmentSecret(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Files of the test's own certificate authority and the certificates it signed; each `.crt` has a `.key` next to it. */
export interface TestCertificates {
  readonly ca: string;
  /** For a server at 127.0.0.1 or with the name `redis.test`. */
  readonly server: string;
  readonly client: string;
}

/** Creates certificates that are valid for a day. Requires `openssl`. */
export async function makeCertificates(directory: string): Promise<TestCertificates> {
  const path = (name: string): string => join(directory, name);
  const openssl = async (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: directory });
  await openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Test authority');
  await writeFile(path('names'), 'subjectAltName=DNS:redis.test,IP:127.0.0.1\n');
  for (const name of ['server', 'client']) {
    await openssl('req', ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    await sign(directory, name, name, 1);
  }
  return { ca: path('ca.crt'), server: path('server'), client: path('client') };
}

/** Creates another certificate for the key of the server, as `renewed.crt` in the folder of the first one, and returns its path. */
export async function renewServerCertificate(directory: string, days: number): Promise<string> {
  await sign(directory, 'server', 'renewed', days);
  return join(directory, 'renewed.crt');
}

/** @param request the name of the signing request, without `.csr`. */
async function sign(directory: string, request: string, name: string, days: number): Promise<void> {
  const authority = [
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    String(days),
    '-extfile',
    'names',
  ];
  await run('openssl', ['x509', '-req', '-in', `${request}.csr`, '-out', `${name}.crt`, ...authority], {
    cwd: directory,
  });
}

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Files of an authority of the test's own, and of what it has signed; each has its `.key` beside its `.crt`. */
export interface TestCertificates {
  readonly ca: string;
  /** Of a server at 127.0.0.1, or of the name `redis.test`. */
  readonly server: string;
  readonly client: string;
}

/** Makes certificates that are good for a day. The machine has to have `openssl`. */
export async function makeCertificates(directory: string): Promise<TestCertificates> {
  const path = (name: string): string => join(directory, name);
  const openssl = async (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: directory });
  await openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Test authority');
  await writeFile(path('names'), 'subjectAltName=DNS:redis.test,IP:127.0.0.1\n');
  for (const name of ['server', 'client']) {
    await openssl('req', ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const authority = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'names'];
    await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...authority);
  }
  return { ca: path('ca.crt'), server: path('server'), client: path('client') };
}

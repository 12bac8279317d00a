import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './root.js';
import { makeCertificates, type TestCertificates } from './test-certificates.js';

/** What one property of a Redis requires of the server, and of a service that uses it. */
export interface RedisPart {
  readonly options: string;
  readonly environment: Readonly<Record<string, string>>;
}

const PASSWORD = 'of-the-service';

/** A server on a port of this machine, unencrypted. */
export function atPort(port: number): RedisPart {
  return { options: `--port ${port}`, environment: { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(port) } };
}

/** Exactly the rights of deploy/redis/users.acl. */
export async function leastRights(directory: string): Promise<RedisPart> {
  const file = join(directory, 'users.acl');
  const users = await readFile(join(ROOT, 'deploy/redis/users.acl'), 'utf8');
  // The test itself reads the server's data as the default user.
  const usable = users.replace('user default off', 'user default on nopass').replace('CHANGE-ME', PASSWORD);
  await writeFile(file, usable);
  return {
    options: `--aclfile ${file}`,
    environment: { REDIS_USERNAME: 'cartwright', REDIS_PASSWORD: PASSWORD },
  };
}

/** A port that accepts only TLS, with the test's own certificate authority and a client certificate. */
export async function tlsAtPort(
  port: number,
  directory: string,
): Promise<RedisPart & { readonly certificates: TestCertificates }> {
  const certificates = await makeCertificates(directory);
  const { ca, server, client } = certificates;
  const files = `--tls-ca-cert-file ${ca} --tls-cert-file ${server}.crt --tls-key-file ${server}.key`;
  const environment = {
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(port),
    REDIS_TLS: 'true',
    REDIS_TLS_CA_FILE: ca,
    REDIS_TLS_CERT_FILE: `${client}.crt`,
    REDIS_TLS_KEY_FILE: `${client}.key`,
    REDIS_TLS_SERVER_NAME: 'redis.test',
  };
  // Without `tls-cluster` a node announces its unencrypted port, which it does not have.
  return { options: `--tls-port ${port} --tls-auth-clients yes --tls-cluster yes ${files}`, environment, certificates };
}

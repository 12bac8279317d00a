import { createSecureContext } from 'node:tls';
import { contentsOfFile } from './environment-values.js';

type Given = Readonly<Record<string, string | undefined>>;

/** Each of these variables alone selects a Redis. */
const WHICH_REDIS = [
  ...['REDIS_URL', 'REDIS_HOST', 'REDIS_PORT', 'REDIS_USERNAME', 'REDIS_PASSWORD', 'REDIS_DB', 'REDIS_MODE'],
  'REDIS_SENTINELS',
];
const FOR_SENTINEL = ['REDIS_SENTINELS', 'REDIS_SENTINEL_MASTER'];
const FOR_SENTINEL_ONLY = [...FOR_SENTINEL, 'REDIS_SENTINEL_USERNAME', 'REDIS_SENTINEL_PASSWORD'];
const OTHER_MODES = [undefined, 'single', 'cluster'];
const NOT_WITH_SENTINEL = ['REDIS_URL', 'REDIS_HOST', 'REDIS_PORT'];
const FOR_TLS_ONLY = ['REDIS_TLS_CA_FILE', 'REDIS_TLS_CERT_FILE', 'REDIS_TLS_KEY_FILE', 'REDIS_TLS_SERVER_NAME'];

/** Finds variables of Redis that are required, or not allowed, because of another. */
export function findRedisContradictions(given: Given): string[] {
  return [...faultsOfAddress(given), ...faultsOfSentinels(given), ...faultsOfTls(given)];
}

/** Whether the environment selects a Redis. */
export function isRedisConfigured(given: Given): boolean {
  return WHICH_REDIS.some((name) => isSet(given, name));
}

function faultsOfAddress(given: Given): string[] {
  const faults: string[] = [];
  if (!isRedisConfigured(given)) {
    faults.push('REDIS_URL or REDIS_HOST must be set: this service starts no Redis of its own (npm start does)');
  }
  if (given.REDIS_MODE === 'cluster' && !canBeCluster(given)) {
    faults.push('REDIS_MODE must not be cluster with a socket or a database other than 0: a cluster has neither');
  }
  return faults;
}

function faultsOfSentinels(given: Given): string[] {
  if (given.REDIS_MODE !== 'sentinel') {
    // A malformed mode does not tell which variables are required.
    if (!OTHER_MODES.includes(given.REDIS_MODE)) return [];
    return FOR_SENTINEL_ONLY.filter((name) => isSet(given, name)).map(
      (name) => `${name} must not be set unless REDIS_MODE is sentinel`,
    );
  }
  const missing = FOR_SENTINEL.filter((name) => !isSet(given, name));
  const surplus = NOT_WITH_SENTINEL.filter((name) => isSet(given, name));
  return [
    ...(missing.length === 0 ? [] : [`REDIS_MODE must not be sentinel without ${missing.join(' and ')}`]),
    ...(surplus.length === 0 ? [] : [`REDIS_MODE must not be sentinel with ${surplus.join(' and ')}`]),
  ];
}

function faultsOfTls(given: Given): string[] {
  const { REDIS_URL: url = '' } = given;
  if (given.REDIS_TLS === 'true' && url.startsWith('unix:')) return ['REDIS_TLS must not be true with a socket'];
  if (given.REDIS_TLS !== 'true' && !url.startsWith('rediss:')) {
    if (given.REDIS_TLS !== undefined && given.REDIS_TLS !== 'false') return [];
    return FOR_TLS_ONLY.filter((name) => isSet(given, name)).map(
      (name) => `${name} must not be set unless REDIS_TLS is true or REDIS_URL begins with rediss://`,
    );
  }
  if (isSet(given, 'REDIS_TLS_CERT_FILE') !== isSet(given, 'REDIS_TLS_KEY_FILE')) {
    return ['REDIS_TLS_CERT_FILE and REDIS_TLS_KEY_FILE must be set together'];
  }
  return isUsable(given) ? [] : ['REDIS_TLS_…_FILE must hold certificates and the key of the certificate, in PEM'];
}

/** Whether the files are sufficient for a connection; an unreadable file is reported elsewhere. */
function isUsable(given: Given): boolean {
  const [ca, cert, key] = [given.REDIS_TLS_CA_FILE, given.REDIS_TLS_CERT_FILE, given.REDIS_TLS_KEY_FILE].map(
    (path) => contentsOfFile().safeParse(path).data,
  );
  try {
    createSecureContext({ ca, cert, key });
    return true;
  } catch {
    return false;
  }
}

/** Whether the configured Redis can be a node of a cluster. */
function canBeCluster({ REDIS_URL, REDIS_DB = '0' }: Given): boolean {
  if (REDIS_URL === undefined) return Number(REDIS_DB) === 0;
  return !URL.canParse(REDIS_URL) || /^rediss?:\/\/[^/]+\/?0*$/.test(new URL(REDIS_URL).href);
}

function isSet(given: Given, name: string): boolean {
  return given[name] !== undefined && given[name] !== '';
}

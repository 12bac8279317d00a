import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import * as z from 'zod';
import { isCurrency } from '#kernel';

/** The kinds of values of variables. Each message says what is accepted and never repeats the given value. */

export function wholeNumber(min: number, max: number) {
  const message = `takes a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((number) => number >= min && number <= max, message);
}

export function ratio() {
  return z
    .string()
    .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'takes a number from 0 to 1, such as 0.01')
    .transform(Number);
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `takes one of ${values.join(', ')}`);
}

export function flag() {
  return z.enum(['true', 'false'], 'takes true or false').transform((value) => value === 'true');
}

/** A flag of OpenTelemetry, whose specification also allows capital letters. */
export function flagInAnyCase() {
  return z.string().toLowerCase().pipe(flag());
}

export function text() {
  return z.string();
}

/** The key of an HMAC with SHA-256, which needs 256 bits: RFC 7518, section 3.2. */
export function secret() {
  return z.string().refine((value) => Buffer.byteLength(value) >= 32, 'takes a secret of at least 32 bytes');
}

export function webUrl() {
  return z
    .string()
    .refine(isWebUrl, 'takes an address that begins with https:// or http://')
    .transform((value) => new URL(value));
}

/** What a URI begins with, in the characters that RFC 3986 allows. */
export function uriPrefix() {
  return z
    .string()
    .regex(
      /^[a-z][a-z\d+.-]{0,30}:[\w.~:/?#[\]@!$&'()*+,;=%-]{1,500}$/i,
      'takes what an address begins with, such as https://shop.example/errors#',
    );
}

/** A URL with one `{product_id}`, in its path or query. */
export function productUrlTemplate() {
  return z
    .string()
    .refine(
      isProductUrlTemplate,
      'takes an address with {product_id} in its path or query, such as http://catalog/products/{product_id}',
    );
}

/** A comma-separated list of hosts, with ports unless they are `defaultPort`. An IPv6 address with a port is in brackets. */
export function hostList(defaultPort: number) {
  return z
    .string()
    .transform((value) => value.split(',').map((part) => hostAndPort(part.trim(), defaultPort)))
    .refine(
      (hosts) => hosts.every((host) => host !== undefined),
      'takes hosts separated by commas, such as redis-1:26379',
    )
    .transform((hosts) => hosts.filter((host) => host !== undefined));
}

/** The path of a file, which is read at once. */
export function contentsOfFile() {
  return z.string().transform((path, context) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      context.addIssue({ code: 'custom', message: 'takes the path of a file that can be read' });
      return z.NEVER;
    }
  });
}

/** A comma-separated list of origins, such as `https://shop.example`. */
export function list() {
  return z
    .string()
    .transform((value) => value.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), 'takes origins separated by commas, such as https://shop.example');
}

export function currencyCode() {
  return z.string().refine(isCurrency, 'takes an ISO 4217 code, such as USD');
}

export function redisUrl() {
  return z.string().refine(isRedisUrl, 'takes redis://…, rediss://… or unix:<path of a socket>[?db=<number>]');
}

/**
 * The proxies whose `X-Forwarded-For` is trusted: their number, their addresses or subnets, or Express's names for these.
 * `true` is rejected, because it would let every client choose its own address.
 */
export function trustProxy() {
  return z
    .string()
    .refine(
      isTrustProxy,
      'takes a number of proxies (1 to 10), or addresses, subnets, loopback, linklocal, uniquelocal',
    )
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim())));
}

export function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** Normalized as every URL parser does it, so that only the inserted id differs. */
function isProductUrlTemplate(value: string): boolean {
  if (value.split('{product_id}').length !== 2) return false;
  const address = value.replace('{product_id}', 'id');
  if (!isWebUrl(address)) return false;
  const { href, hash, username, password, origin } = new URL(address);
  const isInHost = value.indexOf('{product_id}') < origin.length;
  return href === address && hash === '' && username === '' && password === '' && !isInHost;
}

function hostAndPort(text: string, defaultPort: number): { host: string; port: number } | undefined {
  if (!/^[^\s/?#@]+$/.test(text) || !URL.canParse(`redis://${text}`)) return undefined;
  const { hostname, port } = new URL(`redis://${text}`);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? defaultPort : Number(port) };
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

function isRedisUrl(value: string): boolean {
  if (!URL.canParse(value) || !isPercentEncoding(value)) return false;
  const { protocol, hostname, pathname, searchParams } = new URL(value);
  if (protocol === 'unix:') return pathname.length > 1 && /^\d{0,5}$/.test(searchParams.get('db') ?? '');
  return (protocol === 'redis:' || protocol === 'rediss:') && hostname !== '' && /^(\/\d{0,5})?$/.test(pathname);
}

function isPercentEncoding(value: string): boolean {
  try {
    decodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

const PROXY_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isTrustProxy(value: string): boolean {
  if (/^\d+$/.test(value)) return Number(value) >= 1 && Number(value) <= 10;
  return value.split(',').every((part) => isProxy(part.trim()));
}

function isProxy(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0) return PROXY_NAMES.has(value);
  const bits = version === 4 ? 32 : 128;
  return rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

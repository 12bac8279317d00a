import type { Content, DocumentedHeader, DocumentedResponse } from './api-document.js';
import { faultsOf } from './schema-check.js';

/** A response as received. */
export interface SeenResponse {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Undefined if it was not kept, such as for a stream. */
  readonly text: string | undefined;
}

/** Headers of the transport or for browser security, which the document omits. */
const NOT_DOCUMENTED: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding', 'vary'],
  ...['access-control-allow-origin', 'access-control-expose-headers', 'access-control-allow-methods'],
  ...['access-control-allow-headers', 'access-control-max-age'],
  ...['content-security-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'origin-agent-cluster'],
  ...['referrer-policy', 'strict-transport-security', 'x-content-type-options', 'x-dns-prefetch-control'],
  ...['x-download-options', 'x-frame-options', 'x-permitted-cross-domain-policies', 'x-xss-protection'],
]);

/** Whether the body is a problem with the status of the response, or cannot be read, as of HEAD. */
export function hasStatusOfBody({ status, text = '' }: SeenResponse): boolean {
  return text === '' || text.includes(`"status":${status},`);
}

/** How a response differs from its documentation: headers, content type, body. */
export function faultsOfResponse(documented: DocumentedResponse, seen: SeenResponse): string[] {
  return [...headerFaults(documented.headers ?? {}, seen.headers), ...bodyFaults(documented.content, seen)];
}

function headerFaults(documented: Readonly<Record<string, DocumentedHeader>>, seen: SeenResponse['headers']): string[] {
  const byName = new Map(Object.entries(documented).map(([name, header]) => [name.toLowerCase(), header]));
  const missing = [...byName].filter(([name, { required }]) => required === true && seen[name] === undefined);
  const present = Object.entries(seen).filter(([name]) => !NOT_DOCUMENTED.has(name));
  return [
    ...missing.map(([name]) => `header ${name} is missing`),
    ...present.flatMap(([name, value]) => valueFaults(name, value, byName.get(name))),
  ];
}

function valueFaults(name: string, value: string | string[] | undefined, header?: DocumentedHeader): string[] {
  if (header === undefined) return [`header ${name} is not documented`];
  const given = header.schema?.type === 'integer' ? Number(value) : value;
  return faultsOf(given, header.schema).map((fault) => `header ${name}: ${String(value)}${fault}`);
}

function bodyFaults(content: Readonly<Record<string, Content>> | undefined, { headers, text }: SeenResponse): string[] {
  const type = headers['content-type'];
  if (content === undefined) {
    return type === undefined && (text ?? '') === '' ? [] : [`has a body of ${String(type)}, and none is documented`];
  }
  const [name = '', ...parameters] = String(type).split('; ');
  const documented = content[name];
  if (documented === undefined) return [`content type ${String(type)} is not documented`];
  if (!name.endsWith('json')) return [];
  if (parameters.join() !== 'charset=utf-8') return [`content type ${String(type)} does not say UTF-8`];
  return text === undefined ? [] : jsonFaults(text, documented);
}

function jsonFaults(text: string, { schema }: Content): string[] {
  try {
    return faultsOf(JSON.parse(text), schema).map((fault) => `body${fault}`);
  } catch (error) {
    return [`body is no JSON: ${String(error)}`];
  }
}

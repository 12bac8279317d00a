import type { ApiContract } from '../../support/api-contract.js';
import type { SeenResponse } from '../../support/response-check.js';
import type { Person } from '../people/person.js';
import type { OutgoingRequest } from '../requests/outgoing-request.js';
import { internalsIn } from './internals-check.js';
import type { LeakCheck } from './leak-check.js';

/** Swagger UI and its files, which the document does not describe. */
const DOCS = /^\/docs(-json)?(\/|\?|$)/;

/** All checks of a response. */
export class ExchangeCheck {
  constructor(
    private readonly contract: ApiContract,
    private readonly leaks: LeakCheck,
  ) {}

  faultsOf(person: Person, request: OutgoingRequest, response: SeenResponse): string[] {
    // A client that sends half a request gets no response.
    if (response.status === 0 && request.bytes !== undefined) return [];
    const asked = textOf(request);
    const answered = JSON.stringify(response.headers) + (response.text ?? '');
    const { method, target: path } = request;
    return [
      ...(response.status >= 500 ? [`status ${response.status}`] : []),
      ...(DOCS.test(path) ? [] : this.contract.faultsOf({ method, path, response })),
      ...this.allowFaults(request, response),
      ...this.leaks.faultsOf(person, asked, answered),
      ...internalsIn(asked, answered),
    ];
  }

  /** `Allow` of a 405 names the methods that the document has for the path. */
  private allowFaults({ target }: OutgoingRequest, { status, headers }: SeenResponse): string[] {
    if (status !== 405) return [];
    const allowed = new Set(String(headers.allow).split(', '));
    const missing = this.contract.methodsOf(target).filter((method) => !allowed.has(method));
    return missing.map((method) => `Allow lacks ${method}`);
  }
}

/** The whole request as text, with the escapes of its path decoded if possible. */
function textOf({ target, headers, body, bytes }: OutgoingRequest): string {
  const decoded = target.replaceAll(/(%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString(),
  );
  const text = (bytes ?? body)?.toString('utf8') ?? '';
  return [target, decoded, ...headers.flat(), text, unescaped(text)].join('\n');
}

function unescaped(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return '';
  }
}

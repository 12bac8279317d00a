import type { SeenResponse } from '../../support/response-check.js';
import type { Person } from './person.js';

/** Response fields with secrets that the service issued to one user. */
const SECRETS = ['session_id', 'checkout_id', 'access_token', 'refresh_token'];
/** Response fields that later requests use. */
const REUSED = [...SECRETS, 'user_id', 'product_id', 'line_id'];
/** The id of a guest or of an account. */
const MADE_USER = /^(guest|acct)_[\w-]{22}$/;
const EVENT_ID = /^id: ?(.+)$/gm;

/**
 * Records the ids and tokens that a response gives the person.
 * @returns those that no one else may see.
 */
export function remember(person: Person, { status, headers, text = '' }: SeenResponse): string[] {
  if (typeof headers.etag === 'string') person.seen.add('etag', headers.etag);
  if (status >= 300) return [];
  const type = String(headers['content-type']);
  if (type.startsWith('text/event-stream')) {
    for (const [, id = ''] of text.matchAll(EVENT_ID)) person.seen.add('event_id', id);
  }
  // The response to a HEAD has the content type but no body.
  return type.startsWith('application/json') && text !== '' ? noteFields(person, JSON.parse(text)) : [];
}

/** The response bodies of the `/auth` endpoints. */
interface TokenBody {
  readonly access_token?: unknown;
  readonly guest_id?: unknown;
  readonly refresh_token?: unknown;
}

function noteFields(person: Person, body: TokenBody): string[] {
  const owned: string[] = [];
  for (const [field, value] of stringsIn(body)) {
    const name = field === 'guest_id' ? 'user_id' : field;
    if (REUSED.includes(name)) person.seen.add(name, value);
    if (SECRETS.includes(name) || MADE_USER.test(value)) owned.push(value);
  }
  if (typeof body.guest_id === 'string') person.seen.add('guest_token', String(body.access_token));
  if (typeof body.refresh_token === 'string') person.seen.add('account_token', String(body.access_token));
  return owned;
}

/** Every text of a JSON value with the name of its field. */
function* stringsIn(value: unknown, name = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [name, value];
  if (Array.isArray(value)) for (const element of value) yield* stringsIn(element, name);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, field] of Object.entries(value)) yield* stringsIn(field, key);
  }
}

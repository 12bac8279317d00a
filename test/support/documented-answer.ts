/** Fields whose values differ each time: times, ids and measurements. */
const VARYING = new Set([
  ...['access_token', 'session_id', 'checkout_id', 'request_id'],
  ...['added_at', 'updated_at', 'cached_at', 'created_at', 'completed_at', 'expires_at', 'last_activity', 'timestamp'],
  ...['latency_ms', 'uptime_seconds', 'uptime_in_seconds', 'used_memory_human', 'connected_clients'],
  ...['total_commands_processed', 'keys'],
]);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const SOFTWARE_VERSION = /^\d+\.\d+\.\d+/;
const ELLIPSIS = '…';

/**
 * What Jest must expect of a response that a page documents. Every value must match, except values that vary: only their
 * form must match. `…` in a string stands for any text, a field named `…` for any other fields.
 */
export function documented(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((element) => documented(element, field));
  if (typeof value === 'object' && value !== null) return documentedObject(Object.entries(value));
  if (typeof value === 'string') return documentedString(value, field);
  return typeof value === 'number' && VARYING.has(field) ? expect.any(Number) : value;
}

function documentedObject(fields: readonly [string, unknown][]): unknown {
  const shown = fields.filter(([field]) => field !== ELLIPSIS);
  const expected = Object.fromEntries(shown.map(([field, value]) => [field, documented(value, field)]));
  return shown.length < fields.length ? expect.objectContaining(expected) : expected;
}

function documentedString(value: string, field: string): unknown {
  if (TIME.test(value)) return expect.stringMatching(TIME);
  if (SOFTWARE_VERSION.test(value)) return expect.stringMatching(SOFTWARE_VERSION);
  if (value.includes(ELLIPSIS)) return expect.stringMatching(documentedText(value));
  return VARYING.has(field) ? expect.stringMatching(/./) : value;
}

/** Matches the text, with anything in place of each `…`. */
export function documentedText(text: string): RegExp {
  const parts = text.split(ELLIPSIS).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`);
}

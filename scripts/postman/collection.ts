import { EXAMPLE_VALUES } from '#http';
import { exampleOf } from './example.js';
import type { Document, Operation, Parameter } from './openapi.js';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const DEFAULT_URL = 'http://127.0.0.1:8001';

/** Runs in Postman after each response: remembers ids and tokens for the requests after it. The first token is kept. */
const REMEMBER = `
const set = (name, value) => value && pm.collectionVariables.set(name, value);
const body = pm.response.headers.get('Content-Type')?.startsWith('application/json') ? pm.response.json() : {};
for (const name of ['checkout_id', 'session_id', 'refresh_token']) set(name, body[name]);
if (body.user_id?.startsWith('acct_')) set('account_id', body.user_id);
if (body.guest_id) set('guest_token', body.access_token);
else if (body.refresh_token) set('account_token', body.access_token);
else if (!pm.collectionVariables.get('token')) set('token', body.access_token);
`;

/** A Postman collection (format 2.1): a folder for each tag, a request for each operation, filled in with the examples. */
export function collectionOf({ title, description, tags, operations }: Document): object {
  return {
    info: { name: title, description, schema: SCHEMA },
    auth: bearerOf('token'),
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: REMEMBER.trim().split('\n') } }],
    variable: [
      { key: 'url', value: DEFAULT_URL },
      { key: 'token', value: '' },
      { key: 'support_token', value: '' },
    ],
    item: tags.map((tag) => ({
      name: tag,
      item: operations.filter((operation) => operation.tags.includes(tag)).map(requestOf),
    })),
  };
}

/** @param variable the variable that holds the token. */
function bearerOf(variable: string): object {
  return { type: 'bearer', bearer: [{ key: 'token', value: `{{${variable}}}`, type: 'string' }] };
}

function requestOf(operation: Operation): object {
  const { summary, description, method, security, tags } = operation;
  return {
    name: summary,
    request: {
      method,
      description,
      ...(security?.length === 0 && { auth: { type: 'noauth' } }),
      ...(security?.some((scheme) => 'account' in scheme) && { auth: bearerOf('account_token') }),
      // Needs an `act` claim, with which others do not merge.
      ...(tags.includes('support') && { auth: bearerOf('support_token') }),
      header: headersOf(operation),
      ...bodyOf(operation),
      url: urlOf(operation),
    },
  };
}

/** Optional headers are turned off: an example of `If-Match` would never match. A key is a new one for each request. */
function headersOf({ parameters, requestBody }: Operation): object[] {
  const type = { key: 'Content-Type', value: 'application/json' };
  const optional = named(parameters, 'header').map(({ name, description }) => ({
    key: name,
    value: name === 'Idempotency-Key' ? '{{$guid}}' : '',
    description,
    disabled: name !== 'Idempotency-Key',
  }));
  return requestBody === undefined ? optional : [type, ...optional];
}

function bodyOf({ requestBody }: Operation): object {
  const json: unknown = requestBody?.content['application/json'];
  if (typeof json !== 'object' || json === null || !('schema' in json)) return {};
  const example = 'example' in json ? json.example : exampleOf(json.schema);
  return {
    body: {
      mode: 'raw',
      raw: withVariables(JSON.stringify(example ?? {}, null, 2)),
      options: { raw: { language: 'json' } },
    },
  };
}

/** Parameters of the query are turned off unless the operation needs them. */
function urlOf({ path, parameters }: Operation): object {
  const query = named(parameters, 'query').map((parameter) => ({
    key: parameter.name,
    value: valueOf(parameter),
    description: parameter.description,
    disabled: parameter.required !== true,
  }));
  const needed = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`);
  const segments = path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  return {
    raw: `{{url}}/${segments}${needed.length === 0 ? '' : `?${needed.join('&')}`}`,
    host: ['{{url}}'],
    path: segments.split('/'),
    query,
    variable: named(parameters, 'path').map((parameter) => ({
      key: parameter.name,
      value: withVariables(valueOf(parameter)) || `{{${parameter.name}}}`,
    })),
  };
}

/** The variables that `REMEMBER` sets, in place of the examples of their values. */
function withVariables(text: string): string {
  return Object.entries(EXAMPLE_VALUES).reduce(
    (filled, [name, example]) => filled.replace(example, `{{${name}}}`),
    text,
  );
}

function named(parameters: readonly Parameter[], place: Parameter['in']): Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

function valueOf({ example, schema }: Parameter): string {
  const value = example ?? exampleOf(schema ?? {}) ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

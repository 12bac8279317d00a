import type { Test } from 'supertest';
import { exampleOf, withoutExample, type Operation, type Parameter } from './api-document.js';
import type { Http } from './test-app.js';

/** Operations that a person must fill in before executing them: no example could be a session or a token of theirs. */
export const NOT_PREFILLED = [
  'POST /cart/merge',
  'GET /cart/checkout/{checkout_id}',
  'DELETE /cart/checkout/{checkout_id}',
  'POST /cart/checkout/{checkout_id}/complete',
  'GET /session/{session_id}',
  'PATCH /session/{session_id}',
  'DELETE /session/{session_id}',
  'POST /session/{session_id}/renew',
];

/** Operations whose answer has no end: cart-events.e2e-spec.ts reads them. */
export const ENDLESS = ['GET /cart/events'];

/** Whether a person must fill in a parameter or a field of the body before executing the operation. */
export function needsFilling({ parameters = [], requestBody }: Operation): boolean {
  const { properties = {}, required = [] } = requestBody?.content['application/json']?.schema ?? {};
  return (
    parameters.some((parameter) => parameter.required === true && prefilled(parameter) === undefined) ||
    required.some((field) => withoutExample(properties[field] ?? {}).length > 0)
  );
}

/** The request that Swagger UI sends where nobody changes what it has filled in from the examples. */
export function prefilledRequest(http: Http, { method, path, parameters = [], requestBody }: Operation): Test {
  const filled = parameters.reduce(
    (url, parameter) => url.replace(`{${parameter.name}}`, encodeURIComponent(prefilled(parameter) ?? 'none')),
    path,
  );
  const query = parameters.filter((parameter) => parameter.in === 'query' && prefilled(parameter) !== undefined);
  const request = start(http, method, filled).query(
    Object.fromEntries(query.map((parameter) => [parameter.name, prefilled(parameter)])),
  );
  const schema = requestBody?.content['application/json']?.schema;
  return schema === undefined ? request : request.send(Object(exampleOf(schema)));
}

function prefilled({ example, schema }: Parameter): string | undefined {
  const value = example ?? schema?.example;
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

/** A request of any method that the API has, in small letters. */
export function start(http: Http, method: string, path: string): Test {
  switch (method) {
    case 'get':
      return http.get(path);
    case 'post':
      return http.post(path);
    case 'put':
      return http.put(path);
    case 'patch':
      return http.patch(path);
    case 'delete':
      return http.delete(path);
    default:
      throw new Error(`No operation has the method ${method}.`);
  }
}

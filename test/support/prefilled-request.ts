import type { Test } from 'supertest';
import { exampleOf, withoutExample, type Operation, type Parameter } from './api-document.js';
import type { Http } from './test-app.js';

/** Operations on what only the service can name, such as a session: in their examples `/docs` sends what it got last. */
export const BY_ID = [
  'POST /cart/merge',
  'GET /cart/checkout/{checkout_id}',
  'DELETE /cart/checkout/{checkout_id}',
  'POST /cart/checkout/{checkout_id}/complete',
  'GET /users/{user_id}/cart/checkout/{checkout_id}',
  'DELETE /users/{user_id}/cart/checkout/{checkout_id}',
  'GET /session/{session_id}',
  'PATCH /session/{session_id}',
  'DELETE /session/{session_id}',
  'POST /session/{session_id}/renew',
];

/** Operations whose response never ends: cart-events.e2e-spec.ts tests them. */
export const ENDLESS = ['GET /cart/events', 'GET /users/{user_id}/cart/events'];

/** Whether a parameter or a field of the body that is required has no example. */
export function needsFilling({ parameters = [], requestBody }: Operation): boolean {
  const { properties = {}, required = [] } = requestBody?.content['application/json']?.schema ?? {};
  return (
    parameters.some((parameter) => parameter.required === true && prefilled(parameter) === undefined) ||
    required.some((field) => withoutExample(properties[field] ?? {}).length > 0)
  );
}

/** The request that Swagger UI sends if its values, prefilled from the examples, are not changed. */
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

/** A request with any method of the API, in lower case. */
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

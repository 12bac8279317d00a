import fc from 'fast-check';
import type { Operation, Parameter } from '../../support/api-document.js';
import { oddBody, oddText } from '../values/garbage.js';
import { nearValues } from '../values/near-values.js';
import { schemaValues } from '../values/schema-values.js';
import { Seen, type Value } from '../values/value.js';
import { accountCredentials, credentials, supportCredentials, type Credential } from './credential.js';
import { twists, type Twist } from './twists.js';

/** A request whose sender, and the ids and tokens of that person, are not chosen yet. */
export interface Recipe {
  readonly operation: Operation;
  readonly credential: Credential;
  /** Path, query and headers, by the name of the parameter. */
  readonly parameters: Readonly<Record<string, Value | undefined>>;
  readonly body: Value | Buffer | undefined;
  readonly twist: Twist | undefined;
}

/** The person's own user, and an id that no user has. */
const OWNERS = fc.oneof(
  { weight: 12, arbitrary: fc.constant(new Seen('own_user_id', 0)) },
  { weight: 1, arbitrary: fc.constant('no user') },
);
/** Each of these takes Argon2 30 ms of CPU time. */
const SLOW = ['/auth/register', '/auth/login', '/auth/password'];
/** Deletes are rarer than writes; otherwise carts and sessions would stay empty. */
const WEIGHTS: Readonly<Record<string, number>> = { post: 12, put: 12, patch: 12, get: 6, delete: 4 };
const SLOW_WEIGHT = 7;

/** Requests of all operations: valid ones, nearly valid ones and garbage. */
export function recipes(operations: readonly Operation[]): fc.Arbitrary<Recipe> {
  const weighted = operations.map((operation) => ({
    weight: SLOW.includes(operation.path) ? SLOW_WEIGHT : (WEIGHTS[operation.method] ?? 1),
    arbitrary: recipesOf(operation),
  }));
  return fc.oneof(...weighted);
}

function recipesOf(operation: Operation): fc.Arbitrary<Recipe> {
  return fc.record({
    operation: fc.constant(operation),
    credential: credentialsOf(operation.path),
    parameters: parametersOf(operation.parameters ?? [], isForSupport(operation.path)),
    body: bodies(operation),
    twist: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: twists }),
  });
}

function credentialsOf(path: string): fc.Arbitrary<Credential> {
  if (path.startsWith('/auth/')) return accountCredentials;
  return isForSupport(path) ? supportCredentials : credentials;
}

function isForSupport(path: string): boolean {
  return path.startsWith('/users/{user_id}/cart');
}

/** @param isForSupport whether an agent acts for the user in the path: only for the agent's own person, or others would see it. */
function parametersOf(parameters: readonly Parameter[], isForSupport: boolean): fc.Arbitrary<Recipe['parameters']> {
  const values = parameters.map((parameter) => {
    const isOwner = isForSupport && parameter.name === 'user_id';
    return [parameter.name, isOwner ? OWNERS : optionally(parameter, parameterValues(parameter))] as const;
  });
  const required = parameters.filter((parameter) => parameter.required === true).map(({ name }) => name);
  return fc.record(Object.fromEntries(values), { requiredKeys: required });
}

/** Omits optional headers from many requests, because conditional headers usually make a request fail. */
function optionally(parameter: Parameter, values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return parameter.in === 'header' ? fc.oneof(fc.constant(undefined), values) : values;
}

function parameterValues({ name, schema = {} }: Parameter): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 12, arbitrary: schemaValues(schema, name) }, { weight: 1, arbitrary: oddText });
}

function bodies({ requestBody }: Operation): fc.Arbitrary<Value | Buffer | undefined> {
  const schema = requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.constant(undefined);
  const valid = schemaValues(schema);
  return fc.oneof(
    { weight: 14, arbitrary: valid },
    { weight: 5, arbitrary: nearValues(valid, schema) },
    { weight: 1, arbitrary: oddBody },
    { weight: requestBody?.required === true ? 0 : 3, arbitrary: fc.constant(undefined) },
  );
}

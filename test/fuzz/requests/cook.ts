import { fillIn, type Seen, type Value } from '../values/value.js';
import type { Person } from '../people/person.js';
import type { OutgoingRequest } from './outgoing-request.js';
import type { Recipe } from './recipe.js';

/** Shared data carries no person's marker: products, and operations that a role permits for other users. */
const NOBODYS_MARKER = 'zqshared';
const OF_ONE_PERSON = /^\/(users\/\{user_id\}\/cart|cart\/merge|me\/data)/;

/** The request of a recipe, as this person sends it now. */
export function cook(recipe: Recipe, person: Person, others: readonly Person[]): OutgoingRequest {
  const { operation, credential, twist } = recipe;
  const marker = isShared(operation) ? NOBODYS_MARKER : person.marker;
  const seen = (wanted: Seen): string => (wanted.foreign ? other(others, wanted) : person).seen.find(wanted);
  const parameters = Object.entries(recipe.parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, textOf(fillIn(value, seen, marker))] as const],
  );
  const where = (place: string) => parameters.filter(([name]) => placeOf(recipe, name) === place);
  const authorization = person.authorization(credential);
  const body = bodyOf(recipe.body, (value) => fillIn(value, seen, marker));
  const request: OutgoingRequest = {
    method: operation.method.toUpperCase(),
    target: targetOf(operation.path, where('path'), where('query')),
    headers: [
      ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
      ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ['User-Agent', `fuzz/${person.marker}`],
      ...where('header'),
    ],
    body,
  };
  return twist === undefined ? request : twist(request);
}

/** Whether other persons see what the operation writes. Agents act only for the users of their own person. */
function isShared({ path, responses }: Recipe['operation']): boolean {
  return responses['403'] !== undefined && !OF_ONE_PERSON.test(path);
}

function other(others: readonly Person[], { index }: Seen): Person {
  const found = others[index % others.length];
  if (found === undefined) throw new Error('There is no other person.');
  return found;
}

function placeOf({ operation }: Recipe, name: string): string | undefined {
  return operation.parameters?.find((parameter) => parameter.name === name)?.in;
}

type Pairs = readonly (readonly [string, string])[];

function targetOf(template: string, path: Pairs, query: Pairs): string {
  const filled = path.reduce((target, [name, value]) => target.replace(`{${name}}`, () => escaped(value)), template);
  const pairs = query.map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
}

/** Like `encodeURIComponent`, but a lone surrogate becomes U+FFFD instead of an error. */
function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed() === text ? text : text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function bodyOf(body: Recipe['body'], fill: (value: Value) => unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(JSON.stringify(fill(body)));
}

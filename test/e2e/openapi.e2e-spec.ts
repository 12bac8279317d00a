import { Validator } from '@seriousme/openapi-schema-validator';
import {
  exampleOf,
  isStatus,
  needsToken,
  operationsOf,
  problemCodesOf,
  schemasOf,
  withoutExample,
  type Operation,
} from '../support/api-document.js';
import { DOCUMENTED_PROBLEMS } from '../support/documented-problems.js';
import { isForSupport } from '../support/entitled.js';
import { needsFilling, prefilledRequest } from '../support/prefilled-request.js';
import { faultsOf } from '../support/schema-check.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();
let document: Record<string, unknown>;
let operations: Operation[];

beforeAll(async () => {
  ({ body: document } = await api.http.get('/docs-json').expect(200));
  operations = operationsOf(document);
});

/** The names of the operations of which `isFault` holds. */
const named = (isFault: (operation: Operation) => boolean): string[] =>
  operations.filter(isFault).map(({ name }) => name);

describe('/docs-json', () => {
  it('is valid OpenAPI', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.0');
  });

  it('lists every operation with the problems that it returns', () => {
    const documented = operations.map((each) => [each.name, problemCodesOf(each).toSorted()]);
    const expected = Object.entries(DOCUMENTED_PROBLEMS).map(([name, codes]) => [name, codes.toSorted()]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(expected));
  });

  it('shows each problem as an example under its status', () => {
    const problems = operations.flatMap(({ name, responses }) =>
      Object.entries(responses).flatMap(([status, { content }]) => {
        const { schema, examples = {} } = content?.['application/problem+json'] ?? {};
        return Object.entries(examples).map(([code, { value }]) => ({ name, status, code, value, schema }));
      }),
    );
    expect(problems.length).toBeGreaterThan(100);
    for (const { status, code, value, schema } of problems) {
      expect(value).toMatchObject({ ...(isStatus(status) && { status: Number(status) }), code });
      expect(faultsOf(value, schema)).toEqual([]);
    }
  });

  it('gives every operation a summary, a description and one of the described tags', () => {
    const tags: { name: string; description?: string }[] = JSON.parse(JSON.stringify(document.tags));
    const described = tags.filter(({ description }) => description).map(({ name }) => name);
    expect(named(({ summary = '', description = '' }) => summary === '' || description === '')).toEqual([]);
    expect(named((each) => !each.tags?.every((tag) => described.includes(tag)) || each.tags.length !== 1)).toEqual([]);
  });

  it('describes every response, and the success of every operation with a schema', () => {
    expect(named(({ responses }) => Object.values(responses).some(({ description }) => description === ''))).toEqual(
      [],
    );
    const withoutSchema = ({ responses }: Operation): boolean =>
      responses['204'] === undefined &&
      !Object.entries(responses).some(
        ([status, { content }]) =>
          status < '300' && (content?.['application/json'] ?? content?.['text/event-stream'])?.schema,
      );
    expect(named(withoutSchema)).toEqual([]);
  });

  it('describes every parameter, and gives those that are required an example', () => {
    const faults = operations.flatMap(({ name, parameters = [] }) =>
      parameters.filter(({ description = '' }) => description === '').map((parameter) => `${name}: ${parameter.name}`),
    );
    expect(faults).toEqual([]);
    expect(named(needsFilling)).toEqual([]);
  });

  it('gives every property an example that matches its schema', () => {
    for (const each of operations) {
      for (const [where, schema] of Object.entries(schemasOf(each))) {
        const missing = schema === undefined ? ['schema'] : withoutExample(schema);
        expect({ at: `${each.name} ${where}`, missing }).toMatchObject({ missing: [] });
        const faults = schema === undefined ? [] : faultsOf(exampleOf(schema), schema);
        expect({ at: `${each.name} ${where}`, faults }).toMatchObject({ faults: [] });
      }
    }
  });

  it('requires a bearer token exactly where the service does', async () => {
    const asking = operations.filter(needsToken);
    for (const { path, security } of asking)
      expect(security).toEqual([isForSupport(path) ? { agent: [] } : { bearer: [] }]);
    for (const each of operations) {
      const { status } = await prefilledRequest(api.http, each);
      expect({ name: each.name, refused: status === 401 }).toEqual({ name: each.name, refused: asking.includes(each) });
    }
  });
});

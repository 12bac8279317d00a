import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cartEventOf } from './cart-event.js';

interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Document {
  readonly paths: {
    readonly '/cart/events': {
      get: { responses: { 200: { content: { 'text/event-stream': { schema: { anyOf: Schema[] } } } } } };
    };
  };
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document: Document = JSON.parse(readFileSync(join(__dirname, '../../../../openapi.json'), 'utf8'));
const { responses } = document.paths['/cart/events'].get;
const SCHEMAS = responses[200].content['text/event-stream'].schema.anyOf.map(({ $ref = '' }) => ({
  name: $ref.replace('#/components/schemas/', ''),
}));

function exampleOf(schema: Schema, isWanted: (name: string, of: Schema) => boolean): unknown {
  if (schema.$ref !== undefined) {
    const named = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
    return named === undefined ? undefined : exampleOf(named, isWanted);
  }
  if (schema.items !== undefined) return [exampleOf(schema.items, isWanted)];
  if (schema.properties === undefined) return schema.example;
  const wanted = Object.entries(schema.properties).filter(([name]) => isWanted(name, schema));
  return Object.fromEntries(wanted.map(([name, property]) => [name, exampleOf(property, isWanted)]));
}

/** The event that the service sends for each schema of the document. */
const EVENT_OF: Readonly<Record<string, string>> = { CartSyncEventDto: 'sync', CartChangeEventDto: 'change' };

describe('cartEventOf', () => {
  it('knows every kind of event of the document', () => {
    expect(SCHEMAS.map(({ name }) => name).sort()).toEqual(Object.keys(EVENT_OF).sort());
  });

  it.each(SCHEMAS)('returns all that the document has in a $name', ({ name }) => {
    const event = EVENT_OF[name] ?? '';
    const data = exampleOf({ $ref: `#/components/schemas/${name}` }, () => true);
    expect(data).toEqual(expect.objectContaining({ version: expect.any(Number) }));
    expect(cartEventOf(event, JSON.stringify(data))).toEqual({ event, ...Object(data) });
  });

  it.each(SCHEMAS)('accepts a $name with only what the document requires', ({ name }) => {
    const event = EVENT_OF[name] ?? '';
    const data = exampleOf({ $ref: `#/components/schemas/${name}` }, (field, { required = [] }) =>
      required.includes(field),
    );
    expect(cartEventOf(event, JSON.stringify(data))).toEqual({ event, ...Object(data) });
  });

  it('skips events that it does not know, and those without what tells carts apart', () => {
    expect(cartEventOf('news', '{"life":"a","version":1}')).toBeUndefined();
    expect(cartEventOf('sync', '{"version":1}')).toBeUndefined();
    expect(cartEventOf('sync', '7')).toBeUndefined();
    expect(cartEventOf('change', '{"life":"a","version":1}')).toBeUndefined();
  });
});

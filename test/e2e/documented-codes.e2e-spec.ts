import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOG, isErrorCode } from '#kernel';
import { problemExample, problemSchemaName } from '#http';
import { schemaOf } from '../support/api-document.js';
import { ROOT } from '../support/root.js';
import { faultsOf } from '../support/schema-check.js';

/** docs/errors.md, held to the catalogue of errors, to their schemas and to the messages in the code. */
const PAGE = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');

const DOCUMENT: object = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8'));

const SECTION =
  /^### `([a-z_]+)`\n\n\*\*Status:\*\* (\d{3})\n\n\*\*Cause:\*\* (.+)\n\n\*\*Fix:\*\* (.+)\n\n\*\*Example:\*\* (.+)\n\n```json\n([^`]+)```$/gm;

const sections = Array.from(PAGE.matchAll(SECTION), ([, code = '', status, , , , example = '']) => ({
  code,
  status: Number(status),
  example: new Map<string, unknown>(Object.entries(JSON.parse(example))),
}));

describe('docs/errors.md', () => {
  it('has a section with cause, fix and example for each code, in the order of the catalogue, and no others', () => {
    expect(sections.map(({ code, status }) => [code, status])).toEqual(
      Object.entries(ERROR_CATALOG).map(([code, { status }]) => [code, status]),
    );
    expect(PAGE.match(/^### /gm)).toHaveLength(sections.length);
  });

  it.each(sections)('shows a problem of $code as the service sends it', ({ code, example }) => {
    if (!isErrorCode(code)) throw new Error(`${code} is not in the catalogue.`);
    const { type, title, request_id } = problemExample(code);
    const problem = { type, title, request_id, ...Object.fromEntries(example) };
    expect(faultsOf(problem, schemaOf(DOCUMENT, problemSchemaName(code)))).toEqual([]);
  });

  it.each(sections)('shows a detail of $code that is in the code', ({ example }) => {
    const detail = String(example.get('detail'));
    expect(messages().filter((message) => message.test(detail))).not.toEqual([]);
  });
});

let known: readonly RegExp[] | undefined;

/** Every text of the service that could be a message, as an expression that what is inserted into it matches. */
function messages(): readonly RegExp[] {
  known ??= ['libs', 'apps'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => messagesIn(readFileSync(join(ROOT, folder, file), 'utf8'))),
  );
  return known;
}

/** Sentences in quotes, with `${…}` in those in backticks. */
function messagesIn(code: string): RegExp[] {
  const texts = Array.from(code.matchAll(/'([A-Z][^'\n]+\.)'|"([A-Z][^"\n]+\.)"|`([A-Z][^`\n]+\.)`/g));
  return texts.map(([, single, double, template]) => {
    const parts = (single ?? double ?? template ?? '').split(/\$\{[^}]*\}/);
    return new RegExp(`^${parts.map(escaped).join('[^]+')}$`);
  });
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOG, isErrorCode } from '#kernel';
import { expectProblem } from '../support/problems.js';
import { rawResponse } from '../support/raw-request.js';
import { ROOT } from '../support/root.js';
import { useTestApps } from '../support/use-test-apps.js';

const start = useTestApps();

describe('the type of a problem', () => {
  it('is a URN by default', async () => {
    const { http } = await start({});
    const { type } = expectProblem(await http.get('/cart'), 'missing_token');
    expect(type).toBe('urn:cartwright:problem:missing_token');
  });

  it('is a link if PROBLEM_TYPE_BASE is set, also if only Node itself has seen the request', async () => {
    const { http, url } = await start({ PROBLEM_TYPE_BASE: 'https://shop.example/errors#' });
    const { type } = expectProblem(await http.get('/cart'), 'missing_token');
    expect(type).toBe('https://shop.example/errors#missing_token');
    const { body } = await rawResponse(url, 'GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n');
    expect(JSON.parse(body)).toMatchObject({ type: 'https://shop.example/errors#malformed_request' });
  });

  it('links to a heading of docs/errors.md', () => {
    const headings = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(/^#+ `(\w+)`$/gm);
    const anchors = Array.from(headings, ([, text = '']) => text);
    expect(anchors.filter(isErrorCode)).toEqual(Object.keys(ERROR_CATALOG));
  });
});

import { get as httpGet } from 'node:http';
import { text } from 'node:stream/consumers';
import { expectProblem } from '../support/problems.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

const api = useTestApp();

/** All that the page loads, and how long it may be kept. */
const FILES: readonly [string, RegExp, number][] = [
  ['/docs', /^text\/html/, 300],
  ['/docs-json', /^application\/json/, 300],
  ['/docs/swagger-ui-init.js', /^text\/javascript/, 300],
  ['/docs/swagger-ui.css', /^text\/css/, 86_400],
  ['/docs/swagger-ui-bundle.js', /^text\/javascript/, 86_400],
  ['/docs/swagger-ui-standalone-preset.js', /^text\/javascript/, 86_400],
  ['/docs/favicon-16x16.png', /^image\/png/, 86_400],
  ['/docs/favicon-32x32.png', /^image\/png/, 86_400],
];

describe.each(FILES)('%s', (path, type, seconds) => {
  it('has a type and a cache lifetime', async () => {
    const { headers } = await api.http.get(path).expect(200);
    expect(headers['content-type']).toMatch(type);
    expect(headers['cache-control']).toBe(`public, max-age=${seconds}`);
    expect(headers.etag).toMatch(/^"[\w-]{43}"$/);
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
  });

  it('returns 304 to clients that have it, with the headers of a 200', async () => {
    const { headers } = await api.http.get(path).expect(200);
    for (const tag of [headers.etag, `W/${headers.etag}`, `"other", ${headers.etag}`, '*']) {
      const again = await api.http.get(path).set('If-None-Match', String(tag)).expect(304);
      expect(again.text).toBe('');
      for (const name of ['etag', 'cache-control', 'x-content-type-options'])
        expect([name, again.headers[name]]).toEqual([name, headers[name]]);
    }
    await api.http.get(path).set('If-None-Match', '"another"').expect(200);
  });

  it('has the same headers for HEAD', async () => {
    const whole = await api.http.get(path).expect(200);
    const { headers } = await api.http.head(path).expect(200);
    for (const name of ['etag', 'cache-control', 'content-type', 'content-length'])
      expect([name, headers[name]]).toEqual([name, whole.headers[name]]);
  });

  it.each([
    ['a range', { Range: 'bytes=999999999-' }],
    ['a condition', { 'If-Match': '"another"' }],
    ['an invalid token', { Authorization: 'Bearer x' }],
  ])('ignores %s', async (_case, headers) => {
    await api.http.get(path).set(headers).expect(200);
  });
});

it('the page loads only these files', async () => {
  const page = (await api.http.get('/docs').expect(200)).text;
  const loaded = [...page.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path]) => path);
  const init = (await api.http.get('/docs/swagger-ui-init.js')).text;
  const known = FILES.map(([path]) => path);
  expect(loaded.toSorted()).toEqual(known.filter((path) => path.startsWith('/docs/')).toSorted());
  expect(init).toContain("url: './docs-json'");
});

it.each([
  ...['/docs/', '/docs/index.html', '/docs/package.json', '/docs/LICENSE', '/docs/README.md', '/docs/swagger-ui.js'],
  ...['/docs/swagger-ui-bundle.js.map', '/docs/oauth2-redirect.html', '/docs/docs/swagger-ui-init.js', '/docs-yaml'],
  ...['/docs/..%2fpackage.json', '/docs/%2e%2e/package.json', '/docs/../package.json', '/docs/.'],
])('%s does not exist', async (path) => {
  const body = await new Promise<string>((resolve, reject) => {
    httpGet(api.url, { path }, (response) => {
      text(response).then(resolve, reject);
    }).on('error', reject);
  });
  expect(JSON.parse(body)).toMatchObject({ status: 404, code: 'not_found' });
});

describe('with DOCS=false', () => {
  it('none of these files exists, and the API works', async () => {
    const bare = await startTestApp(api.server, { DOCS: 'false' });
    try {
      for (const [path] of FILES) expectProblem(await bare.http.get(path), 'not_found');
      await bare.http.get('/health').expect(200);
    } finally {
      await bare.close();
    }
  });
});

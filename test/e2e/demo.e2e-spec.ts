import { runProgram, type Ended } from '../support/run-program.js';
import { freePort } from '../support/service-process.js';
import { startTestApp } from '../support/test-app.js';
import { useTestApp } from '../support/use-test-app.js';

/** `npm run demo` without the build, which `npm test` has done. */
const runDemo = async (url: string): Promise<Ended> =>
  runProgram(process.execPath, ['dist/scripts/demo.js'], { API_URL: url });

/** What it prints, without indents and with one space between words. */
const linesOf = ({ stdout }: Ended): string[] => stdout.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());

/** Checks that these lines stand there in this order, with others between them or not. */
function expectInOrder(lines: readonly string[], expected: readonly (string | RegExp)[]): void {
  let from = 0;
  for (const line of expected) {
    const found = lines.findIndex(
      (said, at) => at >= from && (typeof line === 'string' ? said === line : line.test(said)),
    );
    expect({ line, after: lines[from - 1], found: found >= 0 }).toMatchObject({ found: true });
    from = found + 1;
  }
}

describe('npm run demo', () => {
  const api = useTestApp({ RATE_LIMIT_MAX: '100' });
  let first: Ended;
  beforeAll(async () => {
    first = await runDemo(api.url);
  });

  it('exits with 0 and reports success', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/\nAll responses match the guide\.\n$/);
  });

  it('fills the cart, changes it and empties it', () => {
    expectInOrder(linesOf(first), [
      'Shopping cart operations',
      /^200 POST \/cart\/add /,
      '| MacBook Pro 2 $1,299.99 $2,599.98',
      '| Total 2 $2,599.98',
      /^200 POST \/cart\/add /,
      /^200 GET \/cart /,
      '| MacBook Pro 2 $1,299.99 $2,599.98',
      '| Mouse 1 $29.99 $29.99',
      '| Total 3 $2,629.97',
      /^200 PUT \/cart\/update\/laptop\?quantity=3 /,
      '| MacBook Pro 3 $1,299.99 $3,899.97',
      '| Total 4 $3,929.96',
      '200 GET /cart/count 4 items on 2 lines',
      /^200 DELETE \/cart\/remove\/laptop /,
      '| Total 1 $29.99',
      '200 DELETE /cart/clear the cart is empty',
      'Session management',
    ]);
  });

  it('follows a session from creation to end, with the current count of the cart', () => {
    expectInOrder(linesOf(first), [
      'Session management',
      '201 POST /session/create preferences {"theme":"dark","language":"en"}, cart_count 0',
      /^200 POST \/cart\/add /,
      /^200 GET \/session\/\S{6}… cart_count is now 3$/,
      /^204 DELETE \/session\/\S{6}… /,
      /^404 GET \/session\/\S{6}… session_not_found$/,
      'Product caching',
    ]);
  });

  it('caches a product, whose price then applies instead of the client-supplied one', () => {
    expectInOrder(linesOf(first), [
      'Product caching',
      /^403 POST \/cache\/product\/\S+ forbidden/,
      /^200 POST \/cache\/product\/\S+ cached/,
      /^200 GET \/cache\/product\/\S+ Gaming Headset, \$89\.99; X-Cache: (local|redis|origin)$/,
      /^200 POST \/cart\/add the client sent \$0\.01; the price comes from: catalog$/,
      '| Gaming Headset 1 $89.99 $89.99',
      'Rate limiting',
    ]);
  });

  it('sends 100 requests that pass, and one more that is rejected', () => {
    expectInOrder(linesOf(first), [
      'Rate limiting',
      '200 GET /cart/count 100 times; 0 left',
      /^429 GET \/cart\/count request 101: rate_limit_exceeded; Retry-After: (60|5\d) s$/,
      'Health',
      /^200 GET \/health healthy, /,
      /^Redis \d+\.\d+\.\d+ responds in [\d.]+ ms /,
    ]);
  });

  it('prints no colours if the output is not a terminal', () => {
    expect(first.stdout).not.toContain('\u001b');
  });

  it('can be run again at once, as new users', async () => {
    const again = await Promise.all([runDemo(`${api.url}/`), runDemo(api.url)]);
    expect(again).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(new Set([first, ...again].map((ended) => linesOf(ended)[0])).size).toBe(3);
  });

  it('leaves no cart and no session behind', async () => {
    expect(await api.redis.keys('cart:*')).toEqual([]);
    expect(await api.redis.keys('session:*')).toEqual([]);
  });
});

describe('npm run demo, if it cannot continue, exits with 1 and prints one line that says', () => {
  const api = useTestApp({ AUTH_DEV_TOKENS: 'false' });
  const expectFailure = (ended: Ended, says: RegExp): void => {
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/^[^\n]+\n$/) });
    expect(ended.stderr).toMatch(says);
  };

  it('how to start the API, if none is running', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    expectFailure(await runDemo(url), new RegExp(`^No API responds at ${url}\\. Start it with "npm start"`));
  });

  it('that the API must issue tokens, if it does not', async () => {
    expectFailure(
      await runDemo(api.url),
      /does not issue development tokens.* AUTH_DEV_TOKENS=true, as "npm start" does/,
    );
  });

  it.each(['nonsense', 'ftp://127.0.0.1'])('which values API_URL accepts, if it is %j', async (url) => {
    expectFailure(await runDemo(url), /^API_URL takes the address of a running API/);
  });

  it('what the API responded instead, if it differs from the guide', async () => {
    const strict = await startTestApp(api.server, { CART_PRICE_POLICY: 'catalog' });
    const ended = await runDemo(strict.url);
    await strict.close();
    expectFailure(ended, /^POST \/cart\/add returned 404 product_not_found \(.+\), not 200\.$/m);
  });

  it('which limit it found, if it differs from the guide’s', async () => {
    const generous = await startTestApp(api.server, { RATE_LIMIT_MAX: '1000' });
    const ended = await runDemo(generous.url);
    await generous.close();
    expectFailure(ended, /^The limit \(RATE_LIMIT_MAX\) should be 100, but is 1000\.$/m);
  });
});

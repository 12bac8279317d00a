import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');

/** Arguments of a process of its own that logs: the logger writes straight to its standard output. */
function program(options: object, statements: string): string[] {
  const source = `
    import { PinoLogger } from '${join(ROOT, 'dist/libs/runtime/src/index.js')}';
    const logger = new PinoLogger(${JSON.stringify(options)});
    ${statements}`;
  return ['--input-type=module', '-e', source];
}

function printed(options: object, statements: string): string {
  return execFileSync(process.execPath, program(options, statements), { encoding: 'utf8' });
}

describe('the log', () => {
  it('writes a JSON line with time, level, context and the fields of the message', () => {
    const line = JSON.parse(
      printed({ level: 'info', format: 'json' }, `logger.warn({ message: 'Slow', request_id: 'r1' }, 'Http')`),
    );
    expect(line).toEqual({
      level: 40,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      msg: 'Slow',
      request_id: 'r1',
      context: 'Http',
    });
  });

  it('includes an error with its stack and cause', () => {
    const statement = `logger.error({ message: 'Failed', err: new Error('outer', { cause: new Error('inner') }) }, 'Filter')`;
    const line = JSON.parse(printed({ level: 'info', format: 'json' }, statement));
    expect(line).toMatchObject({ level: 50, msg: 'Failed', err: { message: expect.stringContaining('outer') } });
    expect(line.err.cause).toMatchObject({ type: 'Error', message: 'inner' });
  });

  it('omits the extra fields that libraries attach to their errors', () => {
    const error = `Object.assign(new Error('NOAUTH'), { command: { name: 'auth', args: ['password'] }, code: 'E1' })`;
    const line = JSON.parse(
      printed({ level: 'info', format: 'json' }, `logger.error({ message: 'x', err: ${error} })`),
    );
    expect(line.err).toEqual({ type: 'Error', message: 'NOAUTH', code: 'E1', stack: expect.any(String) });
  });

  it.each(["JSON.parse('secret')", 'JSON.parse(\'{"a":secret}\')', "decodeURIComponent('%secret')"])(
    'omits the message of %s, which may quote unreadable input',
    (failing) => {
      const statement = `try { ${failing} } catch (cause) { logger.error({ message: 'x', err: new Error('outer', { cause }) }) }`;
      const line = printed({ level: 'info', format: 'json' }, statement);
      expect(line).not.toContain('secret');
      expect(JSON.parse(line).err.cause).toMatchObject({
        message: 'withheld: it quotes data',
        stack: expect.any(String),
      });
    },
  );

  it('writes the line of a request as pino would', () => {
    const nasty = `'"\\\\ \\n \\u2028 \\ud800 é'`;
    const statements = `
      import { RequestLine } from '${join(ROOT, 'dist/libs/http/src/request/request-line.js')}';
      for (const [status, user] of [[undefined, undefined], [200, ${nasty}]]) {
        const span = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) };
        const line = new RequestLine(${nasty}, 'GET', '/cart', status, false, 1.25, user, ${nasty}, 'helped', 0.5, span);
        logger.warn(line, 'Http');
        logger.warn({ ...line }, 'Http');
      }`;
    const lines = printed({ level: 'info', format: 'json' }, statements).replaceAll(/"time":"[^"]+"/g, '"time":""');
    const [rendered, byPino, named, namedByPino, ...rest] = lines.split('\n');
    expect([rendered, named]).toEqual([byPino, namedByPino]);
    expect(named).toMatch(/"user_id".*"actor".*"for_user_id":"helped","redis_ms":0.5,"trace_id":"a+","span_id":"b+"/s);
    expect(rest).toEqual(['']);
  });

  it('writes the line of a request in the pretty format too', () => {
    const statements = `
      import { RequestLine } from '${join(ROOT, 'dist/libs/http/src/request/request-line.js')}';
      logger.log(new RequestLine('r1', 'GET', '/cart', 200, false, 1.25, 'u1', undefined, undefined, undefined, undefined), 'Http');`;
    expect(printed({ level: 'info', format: 'pretty' }, statements)).toMatch(
      /\[Http\] GET \/cart 200\n.*request_id.*r1/,
    );
  });

  it('is readable in the pretty format', () => {
    expect(printed({ level: 'info', format: 'pretty' }, `logger.log('Listening', 'Api')`)).toMatch(
      /INFO.*\[Api\] Listening/,
    );
  });

  it('is complete if the process ends with an uncaught error', () => {
    const lines = `for (let n = 1; n <= 1000; n++) logger.log({ message: 'Last words', n }); throw new Error('uncaught');`;
    const { stdout, status } = spawnSync(process.execPath, program({ level: 'info', format: 'json' }, lines), {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout.trim().split('\n')).toHaveLength(1000);
    expect(stdout).toMatch(/"n":1000,"msg":"Last words"\}\n$/);
  });

  it('uses a bounded amount of memory if its reader stalls', async () => {
    const lines = `
      for (let n = 0; n < 20_000; n++) logger.log('x'.repeat(1000));
      process.stderr.write('alive');`;
    const child = spawn(process.execPath, program({ level: 'info', format: 'json' }, lines));
    await once(child.stderr, 'data');
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => (length += chunk.length));
    await once(child, 'close');
    expect(length).toBeGreaterThan(1024 * 1024);
    expect(length).toBeLessThan(5 * 1024 * 1024);
  });

  it('omits messages below its level, and the list of routes from Nest', () => {
    const statements = `logger.debug('quiet', 'A'); logger.log('Mapped {/cart, GET} route', 'RouterExplorer');`;
    expect(printed({ level: 'info', format: 'json' }, statements)).toBe('');
    expect(printed({ level: 'debug', format: 'json' }, statements)).toMatch(/quiet[^]*Mapped/);
  });
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');

/** What a process of its own prints when it logs: the logger writes straight to its standard output. */
function printed(options: object, statements: string): string {
  const program = `
    import { PinoLogger } from '${join(ROOT, 'dist/libs/common/src/index.js')}';
    const logger = new PinoLogger(${JSON.stringify(options)});
    ${statements}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
}

describe('the log', () => {
  it('is a JSON line with time, level, context and the fields of the message', () => {
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

  it('keeps an error with its stack and cause', () => {
    const statement = `logger.error({ message: 'Failed', err: new Error('outer', { cause: new Error('inner') }) }, 'Filter')`;
    const line = JSON.parse(printed({ level: 'info', format: 'json' }, statement));
    expect(line).toMatchObject({ level: 50, msg: 'Failed', err: { message: expect.stringContaining('outer') } });
    expect(line.err.cause).toMatchObject({ type: 'Error', message: 'inner' });
  });

  it('leaves out what libraries hang on their errors', () => {
    const error = `Object.assign(new Error('NOAUTH'), { command: { name: 'auth', args: ['password'] }, code: 'E1' })`;
    const line = JSON.parse(
      printed({ level: 'info', format: 'json' }, `logger.error({ message: 'x', err: ${error} })`),
    );
    expect(line.err).toEqual({ type: 'Error', message: 'NOAUTH', code: 'E1', stack: expect.any(String) });
  });

  it('is readable where people read it', () => {
    expect(printed({ level: 'info', format: 'pretty' }, `logger.log('Listening', 'Api')`)).toMatch(
      /INFO.*\[Api\] Listening/,
    );
  });

  it('leaves out what is below its level, and Nest’s tale of every route', () => {
    const statements = `logger.debug('quiet', 'A'); logger.log('Mapped {/cart, GET} route', 'RouterExplorer');`;
    expect(printed({ level: 'info', format: 'json' }, statements)).toBe('');
    expect(printed({ level: 'debug', format: 'json' }, statements)).toMatch(/quiet[^]*Mapped/);
  });
});

import { ForeignDataError } from './foreign-data.error.js';
import { reply } from './redis-reply.js';
import { RedisUnavailableError } from './redis-unavailable.error.js';

/** An error as Redis answers it. */
function errorReply(message: string): Error {
  const error = new Error(message);
  error.name = 'ReplyError';
  return error;
}

describe('a reply', () => {
  it('is passed on', async () => {
    await expect(reply(Promise.resolve('OK'))).resolves.toBe('OK');
  });

  it.each([
    new Error('Connection is closed.'),
    new Error('Command timed out'),
    errorReply('LOADING Redis is loading the dataset in memory'),
    errorReply("READONLY You can't write against a read only replica."),
    errorReply('NOAUTH Authentication required.'),
    errorReply("NOPERM this user has no permissions to run the 'mget' command"),
    errorReply("ERR The user executing the script can't run this command or subcommand script: 1f, on @user_script:3."),
    errorReply("ERR unknown command 'PEXPIRETIME', with args beginning with: 'cart:a'"),
    errorReply('ERR Unknown Redis command called from script script: 1f, on @user_script:3.'),
  ])('%s means that Redis is unavailable, with the cause for the log', async (cause) => {
    const error: unknown = await reply(Promise.reject(cause)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RedisUnavailableError);
    expect(error).toMatchObject({ code: 'redis_unavailable', cause });
    expect(String(error)).not.toContain(cause.message);
  });

  it('to an unknown command does not log the arguments', async () => {
    const cause = errorReply("ERR unknown command 'PEXPIRETIME', with args beginning with: 'session:secret' ");
    const error: unknown = await reply(Promise.reject(cause)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause: { message: "ERR unknown command 'PEXPIRETIME'" } });
  });

  it('from a full Redis becomes redis_full', async () => {
    const cause = errorReply("OOM command not allowed when used memory > 'maxmemory'.");
    await expect(reply(Promise.reject(cause))).rejects.toMatchObject({ code: 'redis_full', cause });
  });

  it('that reports a bug in this service is passed on unchanged', async () => {
    const mistake = errorReply("ERR wrong number of arguments for 'get' command");
    await expect(reply(Promise.reject(mistake))).rejects.toBe(mistake);
  });

  it('that reports a wrong type becomes foreign_data, and the log names its keys', async () => {
    const cause = errorReply('WRONGTYPE Operation against a key holding the wrong kind of value');
    Object.assign(cause, { command: { name: 'zadd', args: ['sessions:anna', 1, 'secret'] } });
    const error: unknown = await reply(Promise.reject(cause)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ForeignDataError);
    expect(error).toMatchObject({ code: 'foreign_data', cause, context: { keys: ['sessions:anna'] } });
  });
});

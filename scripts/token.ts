import { parseArgs } from 'node:util';
import { isUserId, USER_ID_RULE } from '#auth';
import { configParts, loadConfigParts } from '#config';
import { ExplainedError } from '#kernel';
import { explainFailure } from '#runtime';
import { issueToken } from './issue-token.js';

/** `npm run token -- <user_id> [--roles a,b] [--expires-in seconds]`: prints a token of this environment's secret. */

const USAGE = 'Usage: npm run token -- <user_id> [--roles a,b] [--expires-in seconds]';

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { roles: { type: 'string' }, 'expires-in': { type: 'string', default: '3600' } },
  });
  const [userId, ...surplus] = positionals;
  const expiresIn = Number(values['expires-in']);
  if (userId === undefined || surplus.length > 0) throw new ExplainedError(USAGE);
  if (!isUserId(userId)) throw new ExplainedError(`The user id ${USER_ID_RULE}.`);
  if (!Number.isInteger(expiresIn) || expiresIn < 1)
    throw new ExplainedError('--expires-in takes a whole number of seconds.');

  const { auth } = loadConfigParts({ auth: configParts.auth });
  const roles = values.roles?.split(',').filter((role) => role !== '');
  process.stdout.write(`${issueToken(auth, { userId, expiresIn, ...(roles !== undefined && { roles }) })}\n`);
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
}

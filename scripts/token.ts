import { isUserId, ROLES, USER_ID_RULE } from '#auth';
import { configParts, loadConfigParts } from '#config';
import { explainFailure } from '#runtime';
import { parseCommandLine } from './command-line/command-line.js';
import { exitWithUsageError } from './command-line/usage-error.js';
import { wholeNumber } from './command-line/whole-number.js';
import { issueToken } from './issue-token.js';

/** `npm run token -- <user_id>`, and `node dist/api/token.js <user_id>` in the image: prints a token. */

const YEAR_SECONDS = 365 * 86_400;
const HELP = `
Usage: npm run token -- <user_id> [options]
       node dist/api/token.js <user_id> [options]     (in the image)

Prints a token for the user, signed with JWT_SECRET. Outside production, without JWT_SECRET, it is signed with the secret in
.data/jwt-secret that "npm start" uses too.

Options:
  --roles <a,b>           roles: ${ROLES.join(', ')}
  --expires-in <seconds>  how long the token is valid, 1 to ${YEAR_SECONDS} (default: 3600)
  -h, --help              print this

Examples:
  npm run token -- user123
  npm run --silent token -- order-service --roles orders --expires-in 86400
`;

const { positionals, values } = parseCommandLine({
  help: HELP,
  options: { roles: { type: 'string', default: '' }, 'expires-in': { type: 'string', default: '3600' } },
  maxPositionals: 1,
});
const [userId] = positionals;
if (userId === undefined) exitWithUsageError('The user id is missing');
if (!isUserId(userId)) exitWithUsageError(`The user id ${USER_ID_RULE}`);
const expiresIn = wholeNumber('expires-in', values['expires-in'], 1, YEAR_SECONDS);
const roles = values.roles.split(',').filter((role) => role !== '');
warnOfUnknown(roles);

try {
  const { auth } = loadConfigParts({ auth: configParts.auth });
  process.stdout.write(`${issueToken(auth, { userId, expiresIn, ...(roles.length > 0 && { roles }) })}\n`);
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
}

/** Only a warning, because other services may know roles that this one ignores. */
function warnOfUnknown(roles: readonly string[]): void {
  const known: readonly string[] = ROLES;
  const unknown = roles.filter((role) => !known.includes(role));
  if (unknown.length === 0) return;
  process.stderr.write(`This service ignores ${unknown.join(', ')}; its roles are ${ROLES.join(', ')}.\n`);
}

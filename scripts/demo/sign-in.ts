import { randomBytes } from 'node:crypto';
import { token } from './answers.js';
import { ApiClient } from './api-client.js';
import { DemoFailure, UnexpectedStatus } from './demo-failure.js';

export interface User {
  readonly name: string;
  readonly api: ApiClient;
}

/**
 * Gets a token for a new user, with an empty cart and no counted requests.
 * @throws DemoFailure if the API issues no tokens.
 */
export async function signIn(visitor: ApiClient, name: string, roles: readonly string[] = []): Promise<User> {
  const userId = `${name}-${randomBytes(4).toString('hex')}`;
  return { name: userId, api: new ApiClient(visitor.url, await tokenOf(visitor, userId, roles)) };
}

async function tokenOf(visitor: ApiClient, userId: string, roles: readonly string[]): Promise<string> {
  try {
    const { body } = await visitor.send('POST', '/auth/token', { body: { user_id: userId, roles }, answers: token });
    return body.access_token;
  } catch (error) {
    if (!(error instanceof UnexpectedStatus && error.status === 404)) throw error;
    const start = 'Start it with AUTH_DEV_TOKENS=true, as "npm start" does.';
    throw new DemoFailure(`The API at ${visitor.url} does not issue development tokens. ${start}`);
  }
}

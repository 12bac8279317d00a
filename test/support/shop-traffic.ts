import { bearer } from './tokens.js';

const USERS = 25;
const AUTHORIZATIONS = Array.from({ length: USERS }, (_, index) => bearer(`shopper-${index}`));

/** The traffic of users, who add, read and count in turn. */
export async function shopRequest(url: string, index: number): Promise<Response> {
  const authorization = AUTHORIZATIONS[index % USERS] ?? '';
  if (index % 3 !== 0) return fetch(`${url}/cart${index % 3 === 1 ? '' : '/count'}`, { headers: { authorization } });
  return fetch(`${url}/cart/add`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{"product_id":"laptop","quantity":1}',
  });
}

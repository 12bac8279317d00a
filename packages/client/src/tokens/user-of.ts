/**
 * Whose token it is: the user's id, as the service reads it from a JWT. The client only compares it; the service verifies it.
 *
 * @returns the token itself if it cannot be read.
 */
export function userOf(token: string): string {
  const [, payload = ''] = token.split('.');
  try {
    const claims = claimsIn(JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))));
    const id = claims.get('sub') ?? claims.get('user_id');
    return typeof id === 'string' ? id : token;
  } catch {
    return token;
  }
}

function claimsIn(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

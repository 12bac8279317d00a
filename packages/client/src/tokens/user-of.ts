/** Whose token it is, for comparison: the user's id, or the token itself if it cannot be read. */
export function userOf(token: string): string {
  return userIdIn(token) ?? token;
}

/** The user's id, as the service reads it from a JWT; undefined if it cannot be read. The client verifies nothing. */
export function userIdIn(token: string): string | undefined {
  const [, payload = ''] = token.split('.');
  try {
    const claims = claimsIn(JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))));
    const id = claims.get('sub') ?? claims.get('user_id');
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

function claimsIn(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

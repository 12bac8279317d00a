import * as z from 'zod';

const userId = z.string().regex(/^[A-Za-z0-9._:@|-]{1,128}$/);
const role = z.string().max(64);
/** Who acts, as an identity provider names them: an e-mail address or a URL, for example. */
const actor = z.object({ sub: z.string().regex(/^[\x20-\x7e]{1,256}$/) });

/**
 * The claims that this service reads. The user is `sub` or, if that is missing, `user_id`. `exp` is required, because a token
 * without expiry could never be withdrawn. Roles are an array, or the words of `scope`. `guest` is true for people who have not
 * signed in. `act` says who acts for the user (RFC 8693); only the outermost counts, as section 4.1 there demands.
 */
export const claimsSchema = z
  .object({
    sub: userId.optional(),
    user_id: userId.optional(),
    exp: z.number(),
    roles: z.array(role).max(256).optional(),
    scope: z.string().max(4096).optional(),
    sid: z.string().min(1).max(128).optional(),
    act: actor.optional(),
    guest: z
      .unknown()
      .optional()
      .transform((value) => value === true),
  })
  .transform((claims, context) => {
    const id = claims.sub ?? claims.user_id;
    if (id === undefined) {
      context.addIssue({ code: 'custom', message: 'the token names no user' });
      return z.NEVER;
    }
    const roles = claims.roles ?? claims.scope?.split(' ').filter((word) => word !== '') ?? [];
    const { exp: expiresAt, sid: sessionId, guest } = claims;
    return { userId: id, roles, expiresAt, sessionId, guest, actor: claims.act?.sub };
  });

/** The claims of a verified token. */
export type Claims = z.infer<typeof claimsSchema>;

/** Whether `value` has the form of a user id. */
export function isUserId(value: string): boolean {
  return userId.safeParse(value).success;
}

export const USER_ID_RULE = 'must be 1 to 128 characters of A-Z a-z 0-9 . _ : @ | -';

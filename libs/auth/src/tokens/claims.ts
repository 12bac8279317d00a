import * as z from 'zod';

const userId = z.string().regex(/^[A-Za-z0-9._:@|-]{1,128}$/);
const role = z.string().max(64);

/**
 * The claims that this service reads. `sub` names the user; `user_id` does if there is no `sub`. `exp` must be
 * there: a token for ever cannot be taken back. Roles are an array, or the words of `scope`. `guest` is true in the
 * tokens of people who have not signed in.
 */
export const claimsSchema = z
  .object({
    sub: userId.optional(),
    user_id: userId.optional(),
    exp: z.number(),
    roles: z.array(role).max(256).optional(),
    scope: z.string().max(4096).optional(),
    sid: z.string().min(1).max(128).optional(),
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
    return { userId: id, roles, expiresAt: claims.exp, sessionId: claims.sid, guest: claims.guest };
  });

/** What a verified token says. */
export type Claims = z.infer<typeof claimsSchema>;

/** Whether `value` may be a user's id. */
export function isUserId(value: string): boolean {
  return userId.safeParse(value).success;
}

export const USER_ID_RULE = 'must be 1 to 128 characters of A-Z a-z 0-9 . _ : @ | -';

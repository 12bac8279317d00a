import { SetMetadata } from '@nestjs/common';

/**
 * `catalog` writes the product cache, `ops` inspects Redis, `orders` completes checkouts, `privacy` reads and erases the data of
 * any user, `support` reads and changes the cart of any user.
 */
export const ROLES = ['catalog', 'ops', 'orders', 'privacy', 'support'] as const;
export type Role = (typeof ROLES)[number];

export const REQUIRED_ROLE = Symbol('RequiredRole');

/** Requires a role in the caller's token. */
export const Roles = (role: Role): MethodDecorator & ClassDecorator => SetMetadata(REQUIRED_ROLE, role);

import { SetMetadata } from '@nestjs/common';

/** `catalog` writes the product cache, `ops` looks into Redis, `orders` completes checkouts. */
export type Role = 'catalog' | 'ops' | 'orders';

export const REQUIRED_ROLE = Symbol('RequiredRole');

/** Asks for a role in the caller's token. */
export const Roles = (role: Role): MethodDecorator & ClassDecorator => SetMetadata(REQUIRED_ROLE, role);

import { SetMetadata } from '@nestjs/common';

/** `catalog` writes the product cache, `ops` looks into Redis. */
export type Role = 'catalog' | 'ops';

export const REQUIRED_ROLE = Symbol('RequiredRole');

/** Asks for a role in the caller's token. */
export const Roles = (role: Role): MethodDecorator & ClassDecorator => SetMetadata(REQUIRED_ROLE, role);

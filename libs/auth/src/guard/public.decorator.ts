import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = Symbol('IsPublic');

/** Allows calls to a route without a token. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(IS_PUBLIC, true);

import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = Symbol('IsPublic');

/** Lets a route be called without a token. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(IS_PUBLIC, true);

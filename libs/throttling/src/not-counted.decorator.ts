import { SetMetadata } from '@nestjs/common';

export const NOT_COUNTED = Symbol('NotCounted');

/** Lets a route be called as often as anyone likes, without a look at the count. */
export const NotCounted = (): MethodDecorator & ClassDecorator => SetMetadata(NOT_COUNTED, true);

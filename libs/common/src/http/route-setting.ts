import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

/**
 * What a decorator says of a route or of its controller. `Reflector` is asked once for each route: three guards want to know
 * on every request, and it takes ten times as long.
 */
export class RouteSetting<T> {
  private readonly known = new WeakMap<object, WeakMap<object, { readonly value: T | undefined }>>();

  /** @param key the decorator's metadata key, as for `SetMetadata`. */
  constructor(
    private readonly reflector: Reflector,
    private readonly key: symbol,
  ) {}

  /** The route's own word before its controller's; undefined where neither says anything. */
  of(context: ExecutionContext): T | undefined {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const ofController = this.known.get(controller) ?? new WeakMap<object, { readonly value: T | undefined }>();
    const known = ofController.get(handler);
    if (known !== undefined) return known.value;
    const value = this.reflector.getAllAndOverride<T | undefined>(this.key, [handler, controller]);
    this.known.set(controller, ofController.set(handler, { value }));
    return value;
  }
}

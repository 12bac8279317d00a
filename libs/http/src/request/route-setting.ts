import { Reflector } from '@nestjs/core';
import { PerRoute } from './per-route.js';

/**
 * The metadata that a decorator set on a route or its controller: the route's value before its controller's; undefined if
 * neither has one. Cached, because three guards read it for every request and `Reflector` takes ten times as long.
 */
export class RouteSetting<T> extends PerRoute<T | undefined> {
  /** @param key the decorator's metadata key, as for `SetMetadata`. */
  constructor(reflector: Reflector, key: string | symbol) {
    super((handler, controller) => reflector.getAllAndOverride<T | undefined>(key, [handler, controller]));
  }
}

import { Reflector } from '@nestjs/core';
import { PerRoute } from './per-route.js';

/**
 * What a decorator says of a route or of its controller: the route's own word before its controller's, undefined if neither
 * says anything. Three guards want to know on every request, and asking `Reflector` takes ten times as long.
 */
export class RouteSetting<T> extends PerRoute<T | undefined> {
  /** @param key the decorator's metadata key, as for `SetMetadata`. */
  constructor(reflector: Reflector, key: string | symbol) {
    super((handler, controller) => reflector.getAllAndOverride<T | undefined>(key, [handler, controller]));
  }
}

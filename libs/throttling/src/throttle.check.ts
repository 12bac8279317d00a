import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ExplainedError } from '#kernel';
import { isThrottledApart } from './throttle-metadata.js';

/**
 * Stops the start if a `@Throttle()` would have no effect: all routes share one limit for each user, so a route cannot have its
 * own. `@SkipThrottle()` works as documented.
 */
@Injectable()
export class ThrottleCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws ExplainedError naming the class and the method */
  onModuleInit(): void {
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype === 'function') this.check(metatype.name, metatype);
    }
  }

  private check(name: string, controller: object): void {
    if (isThrottledApart(controller)) throw unsupported(name);
    const prototype: unknown = Reflect.get(controller, 'prototype');
    if (typeof prototype !== 'object' || prototype === null) return;
    for (const method of this.scanner.getAllMethodNames(prototype)) {
      const handler: unknown = Reflect.get(prototype, method);
      if (typeof handler === 'function' && isThrottledApart(handler)) throw unsupported(`${name}.${method}`);
    }
  }
}

function unsupported(place: string): ExplainedError {
  return new ExplainedError(
    `@Throttle() on ${place} has no effect: all routes share RATE_LIMIT_MAX. Remove it; @SkipThrottle() is supported.`,
  );
}

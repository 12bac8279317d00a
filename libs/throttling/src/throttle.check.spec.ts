import { Controller, Get, Module, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { SkipThrottle, Throttle } from '@nestjs/throttler';
import { ThrottleCheck } from './throttle.check.js';

@Controller()
class OfMethod {
  @Get()
  @Throttle({ default: { limit: 3, ttl: 1000 } })
  get(): string {
    return '';
  }
}

@Throttle({ default: { limit: 3, ttl: 1000 } })
@Controller()
class OfController {}

@SkipThrottle()
@Controller()
class Skipped {
  @Get()
  @SkipThrottle({ default: false })
  get(): string {
    return '';
  }
}

/** Starts an application with one controller. */
async function started(controller: Type): Promise<unknown> {
  @Module({ imports: [DiscoveryModule], controllers: [controller], providers: [ThrottleCheck] })
  class AppModule {}
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  return module.init();
}

it.each([
  [OfMethod, 'OfMethod.get'],
  [OfController, 'OfController'],
])('rejects a start with @Throttle(), which would have no effect: $1', async (controller, place) => {
  await expect(started(controller)).rejects.toThrow(`@Throttle() on ${place} has no effect`);
});

it('allows @SkipThrottle()', async () => {
  await expect(started(Skipped)).resolves.toBeDefined();
});

/** The metadata key of `@SkipThrottle()` on a handler or controller; `@nestjs/throttler` does not export it. */
export const SKIP_THROTTLE = 'THROTTLER:SKIPdefault';

/** The metadata keys of `@Throttle()` begin like this. */
const THROTTLE = /^THROTTLER:(?!SKIP)/;

/** Whether `@Throttle()` decorates a handler or controller. */
export function isThrottledApart(target: object): boolean {
  return Reflect.getMetadataKeys(target).some((key) => typeof key === 'string' && THROTTLE.test(key));
}

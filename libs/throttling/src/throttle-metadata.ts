/** Where `@SkipThrottle()` notes on a handler or controller whether it is skipped; `@nestjs/throttler` does not export it. */
export const SKIP_THROTTLE = 'THROTTLER:SKIPdefault';

/** What `@Throttle()` notes there begins with one of these. */
const THROTTLE = /^THROTTLER:(?!SKIP)/;

/** Whether `@Throttle()` decorates a handler or controller. */
export function isThrottledApart(target: object): boolean {
  return Reflect.getMetadataKeys(target).some((key) => typeof key === 'string' && THROTTLE.test(key));
}

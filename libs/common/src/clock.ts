import { Inject } from '@nestjs/common';

/** The time, as something that a test can move. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

export const CLOCK = Symbol('Clock');
export const InjectClock = (): ParameterDecorator => Inject(CLOCK);

export const systemClock: Clock = { now: () => Date.now() };

import { Inject } from '@nestjs/common';

/** The token of the `Clock` that the process runs on. */
export const CLOCK = Symbol('Clock');
export const InjectClock = (): ParameterDecorator => Inject(CLOCK);

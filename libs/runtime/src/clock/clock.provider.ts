import { Inject } from '@nestjs/common';

/** The injection token of the process's `Clock`. */
export const CLOCK = Symbol('Clock');
export const InjectClock = (): ParameterDecorator => Inject(CLOCK);

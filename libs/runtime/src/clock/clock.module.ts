import { Global, Module } from '@nestjs/common';
import { CLOCK } from './clock.provider.js';
import { systemClock } from '#kernel';

/** Provides the time to every library. */
@Global()
@Module({ providers: [{ provide: CLOCK, useValue: systemClock }], exports: [CLOCK] })
export class ClockModule {}

import { Global, Module } from '@nestjs/common';
import { systemClock } from '#kernel';
import { CLOCK } from './clock.provider.js';

/** Provides the time to every library. */
@Global()
@Module({ providers: [{ provide: CLOCK, useValue: systemClock }], exports: [CLOCK] })
export class ClockModule {}

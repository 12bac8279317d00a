import { Global, Module } from '@nestjs/common';
import { systemClock } from '#kernel';
import { CLOCK } from './clock.provider.js';

/** Provides the clock to all libraries. */
@Global()
@Module({ providers: [{ provide: CLOCK, useValue: systemClock }], exports: [CLOCK] })
export class ClockModule {}

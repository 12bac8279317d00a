import { Global, Module } from '@nestjs/common';
import { CLOCK, systemClock } from '#common';

/** Provides the time to every library. */
@Global()
@Module({ providers: [{ provide: CLOCK, useValue: systemClock }], exports: [CLOCK] })
export class ClockModule {}

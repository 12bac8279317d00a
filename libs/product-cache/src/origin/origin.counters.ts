import { Injectable } from '@nestjs/common';

/** How products were loaded since the instance started. */
@Injectable()
export class OriginCounters {
  loads = 0;
  failedLoads = 0;
  /** Reads that waited for a load, their own instance's or another's. */
  waits = 0;
  /** Answers past their time while a newer one was being loaded. */
  stale = 0;
}

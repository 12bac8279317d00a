import { Injectable } from '@nestjs/common';

/** `serving`, then `draining` from the signal on, then `closing` when no new request is served. */
export type LifecyclePhase = 'serving' | 'draining' | 'closing';

/** The current phase of the process. */
@Injectable()
export class Lifecycle {
  phase: LifecyclePhase = 'serving';
}

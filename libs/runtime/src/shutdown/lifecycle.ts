import { Injectable } from '@nestjs/common';

/** `serving`, then `draining` from the signal on, then `closing` when no new request is served. */
export type LifecyclePhase = 'serving' | 'draining' | 'closing';

/** Where the process stands between its start and its end. */
@Injectable()
export class Lifecycle {
  phase: LifecyclePhase = 'serving';
}

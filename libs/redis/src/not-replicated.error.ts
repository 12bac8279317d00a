import { DomainError } from '#kernel';

/** A write was applied, but too few replicas are known to have it: a failover may lose it. */
export class NotReplicatedError extends DomainError {
  constructor(cause?: unknown) {
    super('write_not_replicated', 'The change was made, but may not last. Send the same request again.', { cause });
  }
}

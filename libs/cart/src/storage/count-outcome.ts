import { DomainError } from '#kernel';
import type { CartOperation } from '../domain/cart-operation.js';
import { cartOperations } from './cart.metrics.js';

/** Waits for an operation, counts its outcome and passes that on. */
export async function countOutcome<T extends object>(
  operation: CartOperation | 'abandon',
  pending: Promise<T>,
): Promise<T> {
  try {
    const result = await pending;
    cartOperations.inc({ operation, outcome: outcomeOf(result) });
    return result;
  } catch (error) {
    cartOperations.inc({ operation, outcome: error instanceof DomainError ? error.code : 'internal_error' });
    throw error;
  }
}

/** @param result of a write if it has these members; otherwise of a read. */
function outcomeOf(result: { readonly replayed?: boolean; readonly dryRun?: boolean }): string {
  if (result.replayed === true) return 'replayed';
  return result.dryRun === true ? 'dry_run' : 'ok';
}

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
    cartOperations.series(operation, outcomeOf(result)).add();
    return result;
  } catch (error) {
    cartOperations.series(operation, error instanceof DomainError ? error.code : 'internal_error').add();
    throw error;
  }
}

/** @param result of a write if it has these members; otherwise of a read. */
function outcomeOf(result: { readonly replayed?: boolean; readonly dryRun?: boolean }): string {
  if (result.replayed === true) return 'replayed';
  return result.dryRun === true ? 'dry_run' : 'ok';
}

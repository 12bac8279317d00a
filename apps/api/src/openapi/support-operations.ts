import { addProblems, type OperationObject } from '#http';

const USER_ID = {
  name: 'user_id',
  in: 'path',
  required: true,
  description: 'A user or a guest.',
  schema: { type: 'string', example: 'user123' },
} as const;
const PATH = '/users/{user_id}/cart';

/** Whether a path is that of another user's cart, which only the role `support` may use. */
export function isSupportPath(path: string): boolean {
  return path === PATH || path.startsWith(`${PATH}/`);
}

/** Documents an operation on another user's cart, whose decorators document the same operation on the caller's own cart. */
export function completeSupportOperation(operation: OperationObject): void {
  operation.operationId = joined(operation.tags?.[0] ?? '', operation.operationId ?? '');
  operation.tags = ['support'];
  operation.security = [{ agent: [] }];
  operation.summary = `${operation.summary ?? ''} of another user (role support)`;
  operation.parameters = [USER_ID, ...(operation.parameters ?? [])];
  addProblems(operation, 'forbidden', 'validation_failed');
}

/** `cart` and `add` become `cartAdd`: carts and checkouts have handlers of the same name. */
function joined(tag: string, handler: string): string {
  return `${tag}${handler.charAt(0).toUpperCase()}${handler.slice(1)}`;
}

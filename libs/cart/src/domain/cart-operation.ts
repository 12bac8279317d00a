/** The operations that are counted for each user. Erasing a user's data deletes a counter of each. */
export const CART_OPERATIONS = [
  'get',
  'count',
  'add',
  'update',
  'remove',
  'edit',
  'replace',
  'clear',
  'batch',
  'reprice',
  'save',
  'restore',
  'merge',
  'checkout',
  'complete',
] as const;

export type CartOperation = (typeof CART_OPERATIONS)[number];

import { createClient, type ShopperClient } from '@cartwright/client';

/** A shopper would rather decide what to do than wait for half a minute. */
const RETRY_FOR_MS = 12_000;

/** A client whose tokens all tabs of the shop share. */
export function createShopper(on: { readonly retry: () => void; readonly signedOut: () => void }): ShopperClient {
  return createClient({
    baseUrl: location.origin,
    storage: localStorage,
    retry: { maxElapsedMs: RETRY_FOR_MS },
    onRetry: on.retry,
    onSignedOut: on.signedOut,
  });
}

import { DomainError } from '#kernel';

/** The origin does not respond, responds with something else than a product, or must not be asked now. */
export class CatalogUnavailableError extends DomainError {
  /** @param waitMs milliseconds after which a retry makes sense. */
  constructor(waitMs = 1000, cause?: unknown) {
    super('catalog_unavailable', 'The product origin is currently unavailable.', {
      cause,
      retryAfterSeconds: Math.max(Math.ceil(waitMs / 1000), 1),
    });
  }
}

/** The origin failed; a retry may succeed. */
export class OriginFailedError extends Error {}

/** The origin took too long; a retry would probably take as long. */
export class OriginTimedOutError extends OriginFailedError {}

/** The origin fails for this product, but responds for another. */
export class ProductFailedError extends Error {}

/** The origin responded with something that is not a product; a retry would get the same. */
export class NotAProductError extends Error {}

/** The origin asks for fewer requests: 429. */
export class OriginBusyError extends Error {
  /** @param retryAfter the `Retry-After` header as received. */
  constructor(readonly retryAfter: string | null) {
    super('It responded with 429');
  }
}

import { DomainError } from '#common';

/** The origin does not answer, or not with a product, or is not to be asked now. */
export class CatalogUnavailableError extends DomainError {
  /** @param waitMs until it makes sense to try again. */
  constructor(waitMs = 1000, cause?: unknown) {
    super('catalog_unavailable', 'The catalogue does not answer at the moment.', {
      cause,
      retryAfterSeconds: Math.max(Math.ceil(waitMs / 1000), 1),
    });
  }
}

/** The origin failed in a way that another attempt may not. */
export class OriginFailedError extends Error {}

/** The origin failed by taking too long: another attempt would take as long again. */
export class OriginTimedOutError extends OriginFailedError {}

/** The origin fails for this product while it has others. */
export class ProductFailedError extends Error {}

/** The origin answered with something that is no product; the same again would be the same. */
export class NotAProductError extends Error {}

/** The origin asks for fewer requests: 429. */
export class OriginBusyError extends Error {
  /** @param retryAfter its `Retry-After`, as it came. */
  constructor(readonly retryAfter: string | null) {
    super('It answered 429');
  }
}

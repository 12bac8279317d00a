import { DomainError } from '#common';

/** The catalogue that products are loaded from does not answer, or not with a product. */
export class CatalogUnavailableError extends DomainError {
  constructor(productId: string, cause?: unknown) {
    super('catalog_unavailable', 'The catalogue does not answer at the moment.', {
      context: { productId },
      cause,
      retryAfterSeconds: 1,
    });
  }
}

/** The origin failed in a way that another attempt may not. */
export class OriginFailedError extends Error {}

/** The origin answered with something that is no product; the same again would be the same. */
export class NotAProductError extends Error {}

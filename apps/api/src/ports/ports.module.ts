import { Global, Module, type Type } from '@nestjs/common';
import { AccountOwnership, AccountStoreModule, GUEST_CART_MERGER, SESSION_KEEPER } from '#accounts';
import { SESSION_VERIFIER } from '#auth';
import { CartModule, GUEST_VERIFIER, PRODUCT_READER, type ProductReader } from '#cart';
import { CartEventsModule } from '#cart-events';
import { ACCOUNT_OWNER, USER_DATA_SOURCES } from '#privacy';
import { ProductCacheModule, ProductCacheService } from '#product-cache';
import { CART_COUNTER, SessionModule } from '#session';
import { ThrottlingModule } from '#throttling';
import { CartCounterAdapter } from './cart-counter.adapter.js';
import { GuestCartMergerAdapter } from './guest-cart-merger.adapter.js';
import { GuestVerifierAdapter } from './guest-verifier.adapter.js';
import { SessionKeeperAdapter } from './session-keeper.adapter.js';
import { SessionVerifierAdapter } from './session-verifier.adapter.js';
import { USER_DATA_SOURCE_CLASSES, userDataSources } from './user-data-sources.js';

const PORTS = [
  PRODUCT_READER,
  GUEST_VERIFIER,
  CART_COUNTER,
  SESSION_VERIFIER,
  SESSION_KEEPER,
  GUEST_CART_MERGER,
  ACCOUNT_OWNER,
  USER_DATA_SOURCES,
];

/** Binds each library's ports to the library that implements them, so that libraries do not depend on each other. */
@Global()
@Module({
  imports: [AccountStoreModule, CartEventsModule, CartModule, ProductCacheModule, SessionModule, ThrottlingModule],
  providers: [
    { provide: PRODUCT_READER, useExisting: ProductCacheService satisfies Type<ProductReader> },
    { provide: GUEST_VERIFIER, useClass: GuestVerifierAdapter },
    { provide: CART_COUNTER, useClass: CartCounterAdapter },
    { provide: SESSION_VERIFIER, useClass: SessionVerifierAdapter },
    { provide: SESSION_KEEPER, useClass: SessionKeeperAdapter },
    { provide: GUEST_CART_MERGER, useClass: GuestCartMergerAdapter },
    { provide: ACCOUNT_OWNER, useExisting: AccountOwnership },
    { provide: USER_DATA_SOURCES, useFactory: userDataSources, inject: USER_DATA_SOURCE_CLASSES },
  ],
  exports: PORTS,
})
export class PortsModule {}

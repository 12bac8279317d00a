import { Global, Module } from '@nestjs/common';
import { GUEST_CART_MERGER, SESSION_KEEPER } from '#accounts';
import { SESSION_VERIFIER } from '#auth';
import { CartModule, GUEST_VERIFIER, PRODUCT_READER } from '#cart';
import { ProductCacheModule } from '#product-cache';
import { CART_COUNTER, SessionModule } from '#session';
import { CartCounterAdapter } from './cart-counter.adapter.js';
import { GuestCartMergerAdapter } from './guest-cart-merger.adapter.js';
import { GuestVerifierAdapter } from './guest-verifier.adapter.js';
import { ProductReaderAdapter } from './product-reader.adapter.js';
import { SessionKeeperAdapter } from './session-keeper.adapter.js';
import { SessionVerifierAdapter } from './session-verifier.adapter.js';

/** Binds each library's ports to the library that can serve it, so that none of them knows another. */
@Global()
@Module({
  imports: [CartModule, ProductCacheModule, SessionModule],
  providers: [
    { provide: PRODUCT_READER, useClass: ProductReaderAdapter },
    { provide: GUEST_VERIFIER, useClass: GuestVerifierAdapter },
    { provide: CART_COUNTER, useClass: CartCounterAdapter },
    { provide: SESSION_VERIFIER, useClass: SessionVerifierAdapter },
    { provide: SESSION_KEEPER, useClass: SessionKeeperAdapter },
    { provide: GUEST_CART_MERGER, useClass: GuestCartMergerAdapter },
  ],
  exports: [PRODUCT_READER, GUEST_VERIFIER, CART_COUNTER, SESSION_VERIFIER, SESSION_KEEPER, GUEST_CART_MERGER],
})
export class PortsModule {}

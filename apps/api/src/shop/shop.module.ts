import { Module, type DynamicModule } from '@nestjs/common';
import { CartModule } from '#cart';
import type { ShopConfig } from '#config';
import { ThrottlingModule } from '#throttling';
import { DocsLimit } from '../admission/docs-limit.js';
import { ShopController } from './shop.controller.js';
import { StubOrdersController } from './stub-orders.controller.js';

/** The example shop at `/shop`, if it is on, and outside production the order service that it pays with. */
@Module({})
export class ShopModule {
  static forRoot({ isOn, hasOrderService }: ShopConfig): DynamicModule {
    const controllers = [ShopController, ...(hasOrderService ? [StubOrdersController] : [])];
    return {
      module: ShopModule,
      imports: [CartModule, ThrottlingModule],
      controllers: isOn ? controllers : [],
      providers: [DocsLimit],
    };
  }
}

import { CheckoutController } from '../checkout/checkout.controller.js';
import { CartController } from '../lines/cart.controller.js';
import { EditController } from '../lines/edit.controller.js';
import { SavedItemsController } from '../saved/saved-items.controller.js';
import { CartEventsController } from '../stream/cart-events.controller.js';
import { SupportRoute } from './support-route.decorator.js';

// The operations are inherited. There is none for merging: only users themselves may merge a guest's cart into theirs.

@SupportRoute('cart')
export class SupportCartController extends CartController {}

@SupportRoute('cart')
export class SupportEditController extends EditController {}

@SupportRoute('cart')
export class SupportSavedItemsController extends SavedItemsController {}

@SupportRoute('cart/checkout')
export class SupportCheckoutController extends CheckoutController {}

@SupportRoute('cart')
export class SupportCartEventsController extends CartEventsController {}

/** The controllers of other users' carts. */
export const SUPPORT_CONTROLLERS = [
  SupportCartController,
  SupportEditController,
  SupportSavedItemsController,
  SupportCheckoutController,
  SupportCartEventsController,
];

import type { BodyOf, ResultOf } from '../api/operations.js';

export type Cart = ResultOf<'get', '/cart'>;
export type CartItem = Cart['items'][number];
export type CartCount = ResultOf<'get', '/cart/count'>;
export type NewItem = BodyOf<'post', '/cart/add'>;
export type Operation = BodyOf<'post', '/cart/batch'>['operations'][number];
export type LineChanges = BodyOf<'patch', '/cart/lines/{line_id}'>;
export type CartChanges = BodyOf<'patch', '/cart'>;
export type CartContents = BodyOf<'put', '/cart'>;
export type Merge = BodyOf<'post', '/cart/merge'>;
export type MergeStrategy = NonNullable<Merge['strategy']>;
export type MergeResult = ResultOf<'post', '/cart/merge'>;
export type Checkout = ResultOf<'get', '/cart/checkout/{checkout_id}'>;
export type CheckoutRequest = BodyOf<'post', '/cart/checkout'>;
export type CheckoutCompletion = BodyOf<'post', '/cart/checkout/{checkout_id}/complete'>;

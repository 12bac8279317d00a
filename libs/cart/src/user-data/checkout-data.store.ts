import { Injectable } from '@nestjs/common';
import { keys, reply } from '#redis';
import { InjectRedis, KeyEraser, type RedisClient } from '#redis/client';
import { CheckoutNotFoundError } from '../checkout/checkout.errors.js';
import { CheckoutStore } from '../checkout/checkout.store.js';
import { renderCheckout } from '../checkout/checkout.view.js';

/** A user's checkouts, to be exported and erased. */
@Injectable()
export class CheckoutData {
  readonly name = 'checkouts';
  readonly erased = 'at_once';

  constructor(
    @InjectRedis() private readonly redis: RedisClient,
    private readonly checkouts: CheckoutStore,
    private readonly eraser: KeyEraser,
  ) {}

  /** The checkouts, as `GET /cart/checkout/{checkout_id}` returns them. One that was moved to a user is exported there. */
  async export(userId: string): Promise<unknown[]> {
    const ids = await reply(this.redis.hkeys(keys.cartCheckouts(userId)));
    const exported: unknown[] = [];
    for (const id of ids) exported.push(...(await this.exportOne(userId, id)));
    return exported;
  }

  async erase(userId: string): Promise<void> {
    await this.eraser.erase([keys.cartCheckouts(userId)]);
  }

  private async exportOne(userId: string, id: string): Promise<unknown[]> {
    try {
      const checkout: unknown = JSON.parse(renderCheckout(await this.checkouts.read(userId, id)));
      return [checkout];
    } catch (error) {
      if (error instanceof CheckoutNotFoundError) return [];
      throw error;
    }
  }
}

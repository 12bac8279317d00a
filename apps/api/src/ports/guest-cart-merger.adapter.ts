import { Injectable } from '@nestjs/common';
import type { GuestCartMerger } from '#accounts';
import { MergeService } from '#cart';

/** Who signs in as a user takes over the guest's cart by adding the two up. */
@Injectable()
export class GuestCartMergerAdapter implements GuestCartMerger {
  constructor(private readonly merges: MergeService) {}

  async merge(userId: string, guestToken: string): Promise<void> {
    await this.merges.merge({ userId, ifMatch: '', idempotency: undefined }, guestToken, 'sum');
  }
}

import { Injectable } from '@nestjs/common';
import type { GuestCartMerger } from '#accounts';
import { MergeService } from '#cart';
import type { MergeReport } from '#kernel';

/** Merges a guest's cart at sign-in by adding the quantities of both carts. */
@Injectable()
export class GuestCartMergerAdapter implements GuestCartMerger {
  constructor(private readonly merges: MergeService) {}

  async merge(userId: string, guestToken: string): Promise<MergeReport> {
    return this.merges.merge(
      { userId, actor: undefined, ifMatch: '', idempotency: undefined, dryRun: false },
      guestToken,
      'sum',
    );
  }
}

import type { MergeReport } from '#kernel';
import type { WrittenCart } from './written.js';

export const MERGE_STRATEGIES = ['sum', 'max', 'keep_user', 'keep_guest', 'guest_wins', 'keep_guest_if_empty'] as const;

/** How quantities are merged; `storage/lua/lib/strategies.lua` has each strategy. */
export type MergeStrategy = (typeof MERGE_STRATEGIES)[number];

/** The user's cart after a merge. */
export interface Merged extends WrittenCart, MergeReport {}

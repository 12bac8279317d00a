import { findingIf, type ContentCheck } from '../stored-key.js';
import { wholeNumber } from '../values.js';

/** A counter, or a time, which is a whole number from 1 on. */
export const checkNumber: ContentCheck = async ({ redis, name }) => {
  const text = await redis.get(name);
  return findingIf(text !== null && !(wholeNumber(text) >= 1), 'is no number from 1 on');
};

/** What became of an offer. */
export const checkMerged: ContentCheck = async ({ redis, name }) => {
  const text = await redis.get(name);
  return findingIf(text !== null && text !== 'applied' && text !== 'cancelled', 'is neither applied nor cancelled');
};

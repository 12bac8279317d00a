import { findingIf, type ContentCheck } from '../stored-key.js';
import { wholeNumber } from '../values.js';

/** A counter or a time: a positive whole number. */
export const checkNumber: ContentCheck = async ({ redis, name }) => {
  const text = await redis.get(name);
  return findingIf(text !== null && !(wholeNumber(text) >= 1), 'is not a positive whole number');
};

/** The outcome of an offer: `applied` is followed by what stays with the guest, each after a separator, and the report. */
export const checkMerged: ContentCheck = async ({ redis, name }) => {
  const text = await redis.get(name);
  return findingIf(
    text !== null && text !== 'cancelled' && text.split('\x1e')[0]?.split('\x1f')[0] !== 'applied',
    'is neither applied nor cancelled',
  );
};

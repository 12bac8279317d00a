import { exitWithUsageError } from './usage-error.js';

/** The value of an option that takes a whole number. Ends the process if it is none. */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number >= min && number <= max) return number;
  return exitWithUsageError(`--${option} takes a whole number from ${min} to ${max}`);
}

// A mapping of known keys. Anything else in it is an error that names the known ones.
import * as z from 'zod';

/** Separates the known keys in the message of an unknown one. */
export const KEYS_SEPARATOR = ', ';

export function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(KEYS_SEPARATOR);
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? keys : `a mapping with the keys ${keys}`) });
}

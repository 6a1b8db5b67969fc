// A failure that comes with everything that was found: one document with both.
import type { CommandFailure } from './failure.ts';
import type { Output } from './output.ts';

/**
 * Says the result, with the error in it where it is a document, and answers the failure for whoever throws it.
 * @param text undefined where there is nothing to show a person beside the error.
 */
export function failedResult(failure: CommandFailure, document: object, text: string | undefined, output: Output): CommandFailure {
  const { code, message, problems } = failure;
  if (output.json || text !== undefined) output.result({ error: { code, message, problems }, ...document }, text ?? '');
  return failure;
}

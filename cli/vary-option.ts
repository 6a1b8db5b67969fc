// --vary: a path of a file and its values, as it was typed.
import type { Vary, VaryFlaw } from '../research/sweep/vary.ts';
import { CommandFailure } from './failure.ts';

/** @throws CommandFailure, exit 2 */
export function varyOption(text: string): Vary {
  const at = text.indexOf('=');
  if (at <= 0)
    throw new CommandFailure('usage', `--vary ${JSON.stringify(text)}: expected a path and values such as tree.filter.top=1,2,3`, {
      exitCode: 2,
    });
  return {
    path: text.slice(0, at),
    values: text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim()),
  };
}

/** Every flaw of what was typed. */
export function badVary(flaws: readonly VaryFlaw[]): CommandFailure {
  const text = flaws.map(({ path, value, expected }) => `--vary ${path}=${value}: expected ${expected}`).join('\n');
  return new CommandFailure('usage', text, { exitCode: 2 });
}

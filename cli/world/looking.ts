// For commands that take a folder or the deployment: what a look without --state means, said to whoever looks.
import type { Output } from '../output.ts';
import { chooseWorld, type WorldOptions } from './choose-world.ts';
import { worldText } from './world-text.ts';

/**
 * The same options with the world chosen; a demo that nobody named is said beside the result.
 * @throws CommandFailure, exit 2, when there is nothing to look at.
 */
export function lookingAt<Options extends WorldOptions>(options: Options, output: Output): Options {
  const choice = chooseWorld(options);
  if (choice.kind === 'deployment') return options;
  if (choice.isNewest) output.note(worldText(choice, undefined));
  return { ...options, state: choice.folder };
}

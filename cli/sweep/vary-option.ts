// --vary, as every command that makes variants of a file takes it.
import { Option } from 'commander';

/** The command cannot do without. */
export function requiredVary(): Option {
  return varyOption().makeOptionMandatory();
}

/** One path or more: each further one is varied too. */
export function varyOption(): Option {
  return new Option(
    '--vary <path=values>',
    'a path of the file and its values, such as tree.filter.top=1,2,3; may be given more than once',
  ).argParser((text: string, before: readonly string[] = []) => [...before, text]);
}

// --prices, as every command that reads price files takes it.
import { Option } from 'commander';

const MEANING = 'folder of <SYMBOL>.csv files; may be given more than once';

/** One folder or more: each further one is added. */
export function pricesOption(without?: string): Option {
  return new Option('--prices <folder>', without === undefined ? MEANING : `${MEANING}; ${without}`).argParser(
    (folder: string, before: readonly string[] = []) => [...before, folder],
  );
}

/** The command cannot do without. */
export function requiredPrices(): Option {
  return pricesOption().makeOptionMandatory();
}

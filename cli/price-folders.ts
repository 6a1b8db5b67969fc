// --prices: folders of price files, or every bad row of them.
import { PriceFilesError } from '../shared/adapters/local/price-file-flaw.ts';
import { readPriceDirectory } from '../shared/adapters/local/price-files.ts';
import type { DailySeries } from '../shared/core/market/bar.ts';
import { CommandFailure } from './failure.ts';

/**
 * @param symbols left out: every file of the folders.
 * @param missing what becomes of a symbol without a file.
 * @throws CommandFailure, exit 2, naming file, line, field, value and what was expected.
 */
export function readPrices(
  folders: readonly string[],
  symbols?: readonly string[],
  missing: 'refused' | 'left-out' = 'refused',
): DailySeries[] {
  try {
    return readPriceDirectory(folders, symbols, missing);
  } catch (error) {
    if (error instanceof PriceFilesError) throw new CommandFailure('bad-prices', error.message, { exitCode: 2, cause: error });
    throw error;
  }
}

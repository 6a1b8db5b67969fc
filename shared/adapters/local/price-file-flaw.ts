// What is wrong with a price file, said so that its owner can mend it.

export interface PriceFileFlaw {
  /** As it was found under the folder that was given. */
  readonly file: string;
  /** From 1, the header included; absent when the whole file is meant. */
  readonly line?: number;
  /** The column as the file names it. */
  readonly field?: string;
  /** The text of the cell. */
  readonly value?: string;
  /** What was expected, or what contradicts what. */
  readonly reason: string;
}

/** Price files that cannot be trusted. Nothing of them is used. */
export class PriceFilesError extends Error {
  override readonly name = 'PriceFilesError';
  readonly flaws: readonly PriceFileFlaw[];

  constructor(flaws: readonly PriceFileFlaw[], stoppedEarly: boolean) {
    const heading = `${flaws.length} ${flaws.length === 1 ? 'flaw' : 'flaws'} in price files`;
    const more = stoppedEarly ? ['  … and perhaps more: reading stopped here'] : [];
    super([`${heading}:`, ...flaws.map((flaw) => `  ${describe(flaw)}`), ...more].join('\n'));
    this.flaws = flaws;
  }
}

function describe({ file, line, field, value, reason }: PriceFileFlaw): string {
  const where = line === undefined ? file : `${file}:${line}`;
  if (field === undefined || reason.startsWith(value === undefined ? field : `${field} ${value}`)) return `${where}: ${reason}`;
  return `${where}: ${field}${value === undefined ? '' : ` "${value}"`}: ${reason}`;
}

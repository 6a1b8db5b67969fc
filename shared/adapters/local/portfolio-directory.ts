// The portfolio files of a folder, by the name that each gives its portfolio. A folder with one bad file is refused
// whole: nobody should find out at the close which of his portfolios was not read. How a file is read is an argument:
// a function has no use for the YAML parser, its owner's command line has.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PortfolioSource, Portfolios } from '../../ports/portfolios.ts';

export interface PortfolioReader {
  /** Which names are portfolio files; the others are left alone. */
  readonly names: RegExp;
  /** @throws PortfolioRefused when the file says anything wrong. */
  read(file: string): PortfolioSource;
}

export class PortfolioDirectory implements Portfolios {
  readonly #folder: string;
  readonly #reader: PortfolioReader;
  #sources: ReadonlyMap<string, PortfolioSource> | undefined;

  constructor(folder: string, reader: PortfolioReader) {
    this.#folder = folder;
    this.#reader = reader;
  }

  async names(): Promise<readonly string[]> {
    return [...this.#read().keys()];
  }

  async load(name: string): Promise<PortfolioSource> {
    const sources = this.#read();
    const source = sources.get(name);
    if (source === undefined) throw new Error(`no portfolio ${name}, there are: ${[...sources.keys()].join(', ')}`);
    return source;
  }

  /** Once: what a deployed function runs on does not change under it. */
  #read(): ReadonlyMap<string, PortfolioSource> {
    this.#sources ??= readAll(this.#folder, this.#reader);
    return this.#sources;
  }
}

function readAll(folder: string, { names, read }: PortfolioReader): Map<string, PortfolioSource> {
  const sources = new Map<string, PortfolioSource>();
  for (const file of readdirSync(folder).sort()) {
    if (!names.test(file)) continue;
    const source = read(join(folder, file));
    if (sources.has(source.policy.name)) throw new Error(`two files in ${folder} describe portfolio ${source.policy.name}`);
    sources.set(source.policy.name, source);
  }
  return sources;
}

// The portfolio files of a folder, by the name that each gives its portfolio. A folder with one bad file is refused
// whole: nobody should find out at the close which of his portfolios was not read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePortfolioFile } from '../../contracts/portfolio-file.ts';
import type { Problem } from '../../contracts/problem.ts';
import type { Portfolios, PortfolioSource } from '../../ports/portfolios.ts';

/** Portfolio files that may not be used, with every bad field. */
export class PortfolioRefused extends Error {
  override readonly name = 'PortfolioRefused';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, path, value, expected }) => `${file} ${path}: ${value}, expected ${expected}`).join('\n'));
    this.problems = problems;
  }
}

/** @throws PortfolioRefused when the file says anything wrong. */
export function readPortfolioFile(file: string): PortfolioSource {
  const text = readFileSync(file, 'utf8');
  const parsed = parsePortfolioFile(text, file);
  if (parsed.kind === 'refused') throw new PortfolioRefused(parsed.problems);
  return { text, policy: parsed.policy };
}

export class PortfolioDirectory implements Portfolios {
  readonly #folder: string;
  #sources: ReadonlyMap<string, PortfolioSource> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The files are read once: what a deployed function runs on does not change under it. */
  async load(name: string): Promise<PortfolioSource> {
    this.#sources ??= readAll(this.#folder);
    const source = this.#sources.get(name);
    if (source === undefined) throw new Error(`no portfolio ${name}, there are: ${[...this.#sources.keys()].join(', ')}`);
    return source;
  }
}

function readAll(folder: string): Map<string, PortfolioSource> {
  const sources = new Map<string, PortfolioSource>();
  for (const file of readdirSync(folder).sort()) {
    if (!/\.ya?ml$/.test(file)) continue;
    const source = readPortfolioFile(join(folder, file));
    if (sources.has(source.policy.name)) throw new Error(`two files in ${folder} describe portfolio ${source.policy.name}`);
    sources.set(source.policy.name, source);
  }
  return sources;
}

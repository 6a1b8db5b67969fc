// What the market of a demo is made of, written beside its state, so that whoever looks later sees the same prices.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const marketFile = z.strictObject({
  /** As it was when the demo began: whole, with what its sleeves name. */
  portfolioFile: z.string(),
  /** Folders of price files; none: the embedded month-end closes. */
  prices: z.array(z.string()),
  seed: z.number().int(),
  spreadBps: z.number(),
});

export type DemoMarket = z.output<typeof marketFile>;

export function writeDemoMarket(folder: string, market: DemoMarket): void {
  writeFileSync(fileOf(folder), `${JSON.stringify(market, null, 2)}\n`);
}

/** undefined where there is none that this release reads: another release made the demo. */
export function readDemoMarket(folder: string): DemoMarket | undefined {
  try {
    return marketFile.safeParse(JSON.parse(readFileSync(fileOf(folder), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return undefined;
    throw error;
  }
}

function fileOf(folder: string): string {
  return join(folder, 'market.json');
}

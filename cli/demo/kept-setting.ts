// What a demo was asked for, kept in its state folder, so that a command that drives one of its runs later finds the same
// portfolio and the same prices.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { CommandFailure } from '../failure.ts';
import { type DemoOptions, type DemoSetting, demoSetting } from './demo-setting.ts';

const kept = z.strictObject({
  portfolio: z.string().exactOptional(),
  prices: z.array(z.string()).exactOptional(),
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
  cash: z.string(),
  seed: z.string(),
});

export interface KeptSetting extends DemoSetting {
  readonly cash: string;
  readonly seed: string;
}

export function keepSetting(folder: string, { portfolio, prices, from, to, cash, seed }: DemoOptions): void {
  const options: z.output<typeof kept> = {
    ...(portfolio === undefined ? {} : { portfolio: resolve(portfolio) }),
    ...(prices === undefined ? {} : { prices: prices.map((each) => resolve(each)) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    cash,
    seed,
  };
  writeFileSync(fileIn(folder), `${JSON.stringify(options, null, 2)}\n`);
}

/** @throws CommandFailure, exit 2, when nothing was kept, or when portfolio or prices are others by now. */
export async function keptSetting(folder: string): Promise<KeptSetting> {
  const options = readKept(folder);
  const setting = await demoSetting(options);
  if (basename(setting.folder) !== basename(resolve(folder))) {
    throw bad(`the portfolio file or the prices of the demo in ${folder} are others by now, and its runs cannot be driven with them`);
  }
  return { ...setting, folder, cash: options.cash, seed: options.seed };
}

function readKept(folder: string): z.output<typeof kept> {
  try {
    return kept.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch (cause) {
    throw bad(`${folder} does not say which demo it is of: run that demo once more, which trades nothing twice`, cause);
  }
}

function fileIn(folder: string): string {
  return join(folder, 'setting.json');
}

function bad(message: string, cause?: unknown): CommandFailure {
  return new CommandFailure('no-setting', message, { exitCode: 2, cause });
}

// Says why a symbol was traded in a run, or not.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { SYMBOL_PATTERN } from '../../shared/core/values/identity.ts';
import { readRun } from '../../shared/workflow/read-run.ts';
import { symbolsKnownTo, whySymbol } from '../../shared/workflow/why-symbol.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk } from '../world/record-desk.ts';
import { findRun } from './find-run.ts';
import { whyDocument } from './why-document.ts';
import { whyText } from './why-text.ts';

/** @throws CommandFailure: exit 2 for a run or symbol that is not there, exit 1 where its records cannot be read. */
export async function sayWhy(runId: string, text: string, options: WorldOptions, output: Output, open = openRecordDesk): Promise<void> {
  const symbol = text.toUpperCase();
  if (!SYMBOL_PATTERN.test(symbol))
    throw new CommandFailure('usage', `${JSON.stringify(text)}: expected a symbol such as SPY`, { exitCode: 2 });
  const desk = await open(options);
  try {
    const run = await readRun(await findRun(runId, desk), desk.artifacts);
    const why = whySymbol(symbol, run, quadraticSolver);
    if (why === undefined) {
      const known = run.snapshot === undefined ? [] : symbolsKnownTo(run.snapshot);
      const message = `${run.record.runId} knows no ${symbol}: neither its sleeves nor its account have it; there are: ${known.join(', ')}`;
      throw new CommandFailure('no-such-symbol', message, { exitCode: 2 });
    }
    const document = whyDocument(run.record.runId, why);
    output.result({ world: desk.world, why: document }, `${desk.worldText}\n\n${whyText(document, why, output.colors)}`);
  } finally {
    await desk.close();
  }
}

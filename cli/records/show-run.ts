// Says what happened in a run.
import { readRun } from '../../shared/workflow/read-run.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk } from '../world/record-desk.ts';
import { findRun } from './find-run.ts';
import { runDocument } from './run-document.ts';
import { runText } from './run-text.ts';

/** @throws CommandFailure: exit 2 for a run that is not there, exit 1 where its records cannot be read. */
export async function showRun(runId: string, options: WorldOptions, output: Output, open = openRecordDesk): Promise<void> {
  const desk = await open(options);
  try {
    const run = runDocument(await readRun(await findRun(runId, desk), desk.artifacts));
    output.result({ world: desk.world, run }, `${desk.worldText}\n\n${runText(run, output.colors)}`);
  } finally {
    await desk.close();
  }
}

// Exports everything of portfolios into a new folder, with a manifest of hashes.
import { EXPORT_SCHEMA } from '../../shared/contracts/export-manifest.ts';
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { requireKnown } from '../switch/scope.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk } from '../world/record-desk.ts';
import { wrappedText } from '../wrapped-text.ts';
import { openExportFolder } from './export-folder.ts';
import { type Exported, exportPortfolio } from './export-portfolio.ts';

export interface ExportOptions extends WorldOptions {
  readonly out: string;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 where records cannot be read or something of them is missing. */
export async function makeExport(
  portfolio: string | undefined,
  options: ExportOptions,
  output: Output,
  open = openRecordDesk,
): Promise<void> {
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const names = portfolio === undefined ? await desk.portfolioNames() : [portfolio];
    const folder = await openExportFolder(options.out);
    const exported: Exported[] = [];
    for (const name of names) {
      exported.push(
        await exportPortfolio(name, desk, folder, (done, all) => output.progress(`${name}: run ${done} of ${all}`)).catch(explain(name)),
      );
    }
    output.progress('');
    const portfolios = exported.map(({ counts }) => counts);
    const missing = exported.flatMap((each) => each.missing);
    const manifest = await folder.finish({
      kind: 'evenkeel-export',
      schemaVersion: EXPORT_SCHEMA,
      madeAt: desk.clock.now(),
      portfolios,
      missing,
    });
    const lines = portfolios.map(
      ({ portfolio: name, ...counts }) =>
        `${output.colors.bold(name)}\n${wrappedText('  ', `${counts.runs} runs, ${counts.artifacts} artifacts, ${counts.ledgerBatches} batches of ledger entries, ${counts.switchTurns} switch turns, ${counts.digests} digests, ${counts.links} links of the audit chain`)}`,
    );
    const words = [
      desk.worldText,
      ...lines,
      `Written to ${options.out}.\nHash of its manifest, to keep elsewhere:\n  ${manifest}\nCheck it, also without AWS: evenkeel export --verify ${options.out}`,
    ];
    output.result({ world: desk.world, out: options.out, manifest, portfolios, missing }, words.join('\n\n'));
    if (missing.length > 0)
      throw new CommandFailure('missing', `not in the store, and so not exported: ${missing.join('; ')}`, { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

/** What was written so far has no manifest, and so is no export. */
function explain(portfolio: string) {
  return (error: unknown): never => {
    if (!(error instanceof UnreadableRecord)) throw error;
    throw new CommandFailure('unreadable', `the records of ${portfolio} cannot be read: ${error.message}`, { exitCode: 1, cause: error });
  };
}

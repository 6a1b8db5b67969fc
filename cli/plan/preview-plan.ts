// Says what a run would trade now. Nothing is claimed, written or sent.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { nextRuns } from '../../shared/core/market/schedule-slot.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { previewRun } from '../../shared/workflow/preview-run.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openPreviewDesk } from './preview-desk.ts';
import { previewDocument } from './preview-document.ts';
import { previewText } from './preview-text.ts';

export interface PlanOptions extends WorldOptions {
  readonly schedule?: string;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when a run would be refused; why is said first. */
export async function previewPlan(portfolio: string, options: PlanOptions, output: Output, open = openPreviewDesk): Promise<void> {
  const desk = await open(options);
  try {
    const names = await desk.portfolioNames();
    if (!names.includes(portfolio)) {
      throw new CommandFailure('no-such-portfolio', `no portfolio ${JSON.stringify(portfolio)}: there are: ${names.join(', ')}`, {
        exitCode: 2,
      });
    }
    const { source, ports } = await desk.open(portfolio);
    const schedule = scheduleOf(source.policy, options.schedule, ports.clock.now());
    output.progress('reading the account and the market …');
    const preview = await previewRun(source, schedule, ports);
    output.progress('');
    const document = previewDocument(source.policy, schedule.name, preview);
    output.result({ world: desk.world, plan: document }, `${desk.worldText}\n\n${previewText(document, output.colors)}`);
    if (document.refusals.length > 0) {
      const codes = document.refusals.map(({ code }) => code).join(', ');
      throw new CommandFailure('would-be-refused', `a run would be refused: ${codes}`, { exitCode: 1 });
    }
  } finally {
    output.progress('');
    await desk.close();
  }
}

/** The one that is named, or the one that is due next: their bands may differ. */
function scheduleOf({ schedules }: PortfolioPolicy, name: string | undefined, now: EpochMs): Schedule {
  if (name !== undefined) {
    const named = schedules.find((each) => each.name === name);
    if (named !== undefined) return named;
    const known = schedules.map((each) => each.name).join(', ');
    throw new CommandFailure('usage', `--schedule ${JSON.stringify(name)}: there are: ${known}`, { exitCode: 2 });
  }
  const due = schedules.map((schedule) => ({ schedule, at: nextRuns(schedule, now, 1)[0]?.at ?? Number.POSITIVE_INFINITY }));
  const [first] = due.toSorted((a, b) => a.at - b.at);
  if (first === undefined) throw new Error('a portfolio without a schedule');
  return first.schedule;
}

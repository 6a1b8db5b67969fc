// What a redrive would do, before it is done: what the record says, which orders are out, what the next turn would send.
import type { LiveOverride } from '../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { isDue, slotInstant } from '../../shared/core/market/schedule-slot.ts';
import { parseRunId, type RunId } from '../../shared/core/values/identity.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { ExecutionStanding } from '../../shared/ports/executions.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { previewTurn, type TurnPreview } from '../../shared/workflow/preview-turn.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { type RedriveStep, redriveStep } from '../../shared/workflow/redrive-step.ts';
import type { LetterDocument } from '../dlq/letter-document.ts';
import { CommandFailure } from '../failure.ts';
import type { RedriveDesk } from './redrive-desk.ts';

export interface Foreseen {
  readonly runId: RunId;
  readonly record: RunRecord | undefined;
  readonly standing: ExecutionStanding;
  readonly step: RedriveStep;
  /** Of this run. */
  readonly letters: readonly LetterDocument[];
  /** Of a run that executes; a text where the outside world did not let it be foreseen. */
  readonly next: TurnPreview | string | undefined;
  /** Who let it trade real money without what it needs, and why: of the plan, or of the file where nothing is planned yet. */
  readonly override: LiveOverride | undefined;
}

export async function foresee(runId: RunId, letters: readonly LetterDocument[], desk: RedriveDesk): Promise<Foreseen> {
  const record = await desk.runStore.load(runId);
  const source = await sourceOf(runId, record, desk);
  const standing: ExecutionStanding =
    record?.phase.kind === 'executing' ? await desk.executions.standing(runId) : { kind: 'never-started' };
  const scheduledTime = record?.scheduledTime ?? toldTime(letters) ?? slotOf(runId, source);
  const step = redriveStep({ record, standing, scheduledTime, now: desk.clock.now() });
  const isMoving = step.kind === 'start' || step.kind === 'redrive' || step.kind === 'start-anew';
  const next = record !== undefined && isMoving ? await nextTurn(record, source, desk) : undefined;
  const override = step.kind === 'none' ? undefined : await overrideOf(runId, record, source, desk);
  return { runId, record, standing, step, letters, next, override };
}

/** @throws CommandFailure, exit 1, where the portfolio was removed. */
async function sourceOf(runId: RunId, record: RunRecord | undefined, { portfolios }: RedriveDesk): Promise<PortfolioSource> {
  const portfolio = parseRunId(runId)?.portfolio ?? '';
  const names = await portfolios.names();
  if (names.includes(portfolio)) return portfolios.load(portfolio);
  const open = record?.phase.kind === 'executing' ? `, and ${runId} is open still` : '';
  const message = `there is no portfolio ${portfolio} (there are: ${names.join(', ')})${open}. If its file was removed, put it back and deploy again; a run that shall not go on is ended with: npx evenkeel reconcile ${portfolio} --close-run ${runId} --reason TEXT`;
  throw new CommandFailure('portfolio-removed', message, { exitCode: 1 });
}

async function nextTurn(record: RunRecord, { policy }: PortfolioSource, desk: RedriveDesk): Promise<TurnPreview | string> {
  try {
    return await previewTurn(record, desk.portsFor(policy, record.runId));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    return error.message;
  }
}

async function overrideOf(
  runId: RunId,
  record: RunRecord | undefined,
  { policy }: PortfolioSource,
  desk: RedriveDesk,
): Promise<LiveOverride | undefined> {
  if (record?.artifacts.snapshot === undefined) return policy.account.override;
  const { artifacts } = desk.portsFor(policy, runId);
  return (await readArtifact(artifacts, record, 'snapshot')).clearance?.override;
}

function toldTime(letters: readonly LetterDocument[]): EpochMs | undefined {
  const [told] = letters.flatMap(({ scheduledTime }) => scheduledTime ?? []);
  return told === undefined ? undefined : Date.parse(told);
}

/** By the portfolio file; undefined where it has no such schedule, or nothing was due. */
function slotOf(runId: RunId, { policy }: PortfolioSource): EpochMs | undefined {
  const key = parseRunId(runId);
  const schedule = policy.schedules.find(({ name }) => name === key?.schedule);
  const session = key === undefined ? undefined : sessionOn(key.session);
  return schedule === undefined || session === undefined || !isDue(schedule, session) ? undefined : slotInstant(schedule.at, session);
}

// evenkeel redrive: shows what would happen, asks, and lets a stopped run go on. It sends no order itself: whoever turns
// the crank starts from the record, and the broker takes each of its order names once.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { parseRunId, type RunId } from '../../shared/core/values/identity.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import type { Redriven } from '../../shared/ports/executions.ts';
import type { RedriveStep } from '../../shared/workflow/redrive-step.ts';
import { type Ask, ask } from '../ask.ts';
import type { LetterDocument } from '../dlq/letter-document.ts';
import { type LetterReading, letterNamed, readLetters } from '../dlq/read-letters.ts';
import { CommandFailure } from '../failure.ts';
import { secondsOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { type Foreseen, foresee } from './foresee.ts';
import { foreseenDocument, foreseenText } from './foreseen-text.ts';
import { openRedriveDesk, type RedriveDesk } from './redrive-desk.ts';

export interface RedriveOptions extends WorldOptions {
  readonly yes?: boolean;
  /** Seconds to wait for the run's end. */
  readonly wait: string;
}

type Moving = Exclude<RedriveStep, { kind: 'none' }>;

/** What became of the run while somebody waited. */
type Became = 'ended' | 'goes-on' | 'stopped-again' | 'not-planned';

const LOOK_MS = 3 * SECOND_MS;
/** Step Functions tells the past for a moment after a redrive. */
const STOPPED_LOOKS = 3;
/** Nothing is left to do for such a run, so its letters are of no use. */
const OVER: ReadonlySet<string> = new Set(['ended', 'slot-passed']);

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when nothing can be done, when it was declined, or when it stopped again. */
export async function redrive(
  named: string,
  options: RedriveOptions,
  output: Output,
  open: (options: WorldOptions) => Promise<RedriveDesk> = openRedriveDesk,
  asked: Ask = ask,
): Promise<void> {
  const waitSeconds = secondsOption('--wait', options.wait);
  const desk = await open(options);
  try {
    const reading = await readLetters(desk);
    const runId = runNamed(named, reading);
    const letters = reading.letters.filter((letter) => letter.runId === runId);
    const foreseen = await foresee(runId, letters, desk);
    output.note(`${desk.worldText}\n${foreseenText(foreseen, output.colors)}`);
    const { step } = foreseen;
    if (step.kind === 'none') return await tellNothingToDo(foreseen, step, options, output, desk, asked);
    await asked(QUESTIONS[step.kind], options, output);
    const engine = await take(step, runId, desk);
    if (engine === 'started-anew' && step.kind === 'redrive')
      output.note('Its execution could not go on where it stopped: another one has begun from the record.');
    const became = await waitForEnd(runId, waitSeconds, desk);
    const record = await desk.runStore.load(runId);
    // A letter is taken away once the run needs nobody any more, and none that came meanwhile: an unresolved one needs a person.
    const removed = became === 'ended' && endingOf(record) !== 'unresolved' ? await desk.deadLetters.remove(letters) : 0;
    output.result(
      { world: desk.world, ...foreseenDocument(foreseen), became, ending: endingOf(record), lettersRemoved: removed },
      becameText(runId, became, record, letters, removed),
    );
    if (became === 'stopped-again')
      throw new CommandFailure('stopped-again', `${runId} stopped again: npx evenkeel dlq explain`, { exitCode: 1 });
    if (became === 'not-planned')
      throw new CommandFailure('not-planned', `${runId} has no plan still: npx evenkeel logs ${runId}`, { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

const QUESTIONS: Readonly<Record<Moving['kind'], string>> = {
  'send-event': 'Send the event of the schedule once more?',
  start: 'Start its execution?',
  redrive: 'Redrive its execution?',
  'start-anew': 'Start another execution of it?',
};

function runNamed(named: string, reading: LetterReading): RunId {
  if (parseRunId(named) !== undefined) return named;
  if (named.includes('/')) {
    throw new CommandFailure(
      'usage',
      `${JSON.stringify(named)}: expected a run id such as golden-butterfly/2026-11-30/monthly, or the id of a dead letter`,
      { exitCode: 2 },
    );
  }
  const { runId, id } = letterNamed(named, reading);
  if (runId !== null) return runId;
  throw new CommandFailure('no-run', `dead letter ${id} names no run: npx evenkeel dlq show ${id.slice(0, 8)}`, { exitCode: 1 });
}

async function tellNothingToDo(
  foreseen: Foreseen,
  { code, detail }: Extract<RedriveStep, { kind: 'none' }>,
  options: RedriveOptions,
  output: Output,
  desk: RedriveDesk,
  asked: Ask,
): Promise<void> {
  const { runId, letters } = foreseen;
  if (!OVER.has(code) || letters.length === 0) throw new CommandFailure(code, `${runId}: nothing to redrive, ${detail}`, { exitCode: 1 });
  await asked(`There is nothing to redrive: ${detail}. Remove its ${lettersText(letters)}?`, options, output);
  const removed = await desk.deadLetters.remove(letters);
  output.result({ world: desk.world, ...foreseenDocument(foreseen), lettersRemoved: removed }, `Removed ${removed} of its dead letters.`);
}

async function take(step: Moving, runId: RunId, desk: RedriveDesk): Promise<Redriven | undefined> {
  const key = parseRunId(runId);
  if (key === undefined) throw new RangeError(`not a run id: ${runId}`);
  switch (step.kind) {
    case 'send-event': {
      const scheduledTime = new Date(step.scheduledTime).toISOString();
      await desk.signals.send({ portfolio: key.portfolio, schedule: key.schedule, scheduledTime });
      return undefined;
    }
    case 'start': {
      const { policy } = await desk.portfolios.load(key.portfolio);
      await desk.portsFor(policy, runId).engine.start(runId);
      return undefined;
    }
    case 'redrive':
    case 'start-anew':
      return desk.executions.redrive(runId);
  }
}

async function waitForEnd(runId: RunId, waitSeconds: number, desk: RedriveDesk): Promise<Became> {
  let stopped = 0;
  for (let waited = 0; ; waited += LOOK_MS) {
    const phase = (await desk.runStore.load(runId))?.phase.kind;
    if (phase === undefined || phase === 'claimed') return 'not-planned';
    if (phase === 'ended') return 'ended';
    if (phase === 'awaiting-approval') return 'goes-on';
    if ((await desk.executions.standing(runId)).kind === 'stopped') stopped += 1;
    if (stopped >= (desk.isLive ? STOPPED_LOOKS : 1)) return 'stopped-again';
    if (waited >= waitSeconds * SECOND_MS) return 'goes-on';
    await desk.pass(LOOK_MS);
  }
}

function endingOf(record: RunRecord | undefined): string | null {
  return record?.phase.kind === 'ended' ? record.phase.ending.kind : null;
}

function becameText(
  runId: RunId,
  became: Became,
  record: RunRecord | undefined,
  letters: readonly LetterDocument[],
  removed: number,
): string {
  const kept = letters.length === 0 ? '' : ` Its ${lettersText(letters)} stays until it has ended: say the same again then.`;
  switch (became) {
    case 'ended': {
      const detail =
        record?.phase.kind === 'ended'
          ? `${record.phase.ending.kind}${record.phase.ending.detail === '' ? '' : ` (${record.phase.ending.detail})`}`
          : '';
      return `${runId} has ended: ${detail}.${removed === 0 ? '' : ` Removed ${removed === 1 ? 'its dead letter' : `${removed} dead letters`}.`}`;
    }
    case 'goes-on':
      return record?.phase.kind === 'awaiting-approval'
        ? `${runId} has a plan that waits for a yes: npx evenkeel approve ${runId}.${kept}`
        : `${runId} goes on by itself: npx evenkeel logs ${runId} --follow.${kept}`;
    case 'stopped-again':
    case 'not-planned':
      return `${runId} did not get on.${kept}`;
  }
}

function lettersText(letters: readonly LetterDocument[]): string {
  return letters.length === 1 ? 'dead letter' : `${letters.length} dead letters`;
}

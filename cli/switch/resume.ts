// Turns the kill switch off, and says what happens next, or what is still halted and by which switch.
import type { KillSwitchState, SwitchedOn } from '../../shared/contracts/switch-turn.ts';
import type { TurnedOff } from '../../shared/ports/kill-switch.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import { CommandFailure } from '../failure.ts';
import { reasonOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { type Desk, type DeskOptions, openDesk, whoTurns } from './desk.ts';
import { latestRuns } from './latest-runs.ts';
import { lowerBreaker, markOption } from './lower-breaker.ts';
import { nextDue, nextDueText } from './next-due.ts';
import { namesOf, requireKnown } from './scope.ts';
import { scopeText, switchDocument, switchedOnText } from './switch-text.ts';

export interface ResumeOptions extends DeskOptions {
  readonly reason: string;
  /** What becomes of the high-water mark where the breaker is above normal: `keep` or `now`. */
  readonly mark?: string;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when it was not turned off, or was off and another halts still. */
export async function resume(portfolio: string | undefined, options: ResumeOptions, output: Output, open = openDesk): Promise<void> {
  const reason = reasonOption(options.reason);
  const mark = markOption(options.mark, portfolio);
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const lowered = portfolio === undefined ? [] : await lowerBreaker(portfolio, mark, desk);
    const turned = await turnOff(portfolio, reason, desk);
    if (turned.kind === 'turned-again') {
      const message = `somebody turned the kill switch of ${scopeText(portfolio)} in the same moment, and that stands: look at evenkeel status, and say it again`;
      throw new CommandFailure('turned-again', message, { exitCode: 1 });
    }
    const known = await namesOf(desk);
    const names = portfolio !== undefined ? [portfolio] : known.kind === 'names' ? known.names : [];
    const problems = known.kind === 'names' ? [] : [known.problem];
    const halted = await stillHalted(portfolio, names, desk);
    const next = await whatIsNext(names, halted, desk);
    output.result(
      {
        portfolio: portfolio ?? null,
        wasOn: turned.kind === 'turned-off',
        breaker: lowered,
        stillHalted: halted.map(({ name, by, state }) => ({ portfolio: name, by, killSwitch: switchDocument(state) })),
        executing: next.executing,
        next: next.due,
        problems: [...problems, ...next.problems],
      },
      [turnedText(portfolio, turned), ...lowered, ...halted.map(haltedText), ...next.lines, ...problems, ...next.problems].join('\n'),
    );
    if (turned.kind === 'was-off' && halted.length > 0) {
      throw new CommandFailure('still-halted', 'nothing was turned off, and trading is halted still', { exitCode: 1 });
    }
  } finally {
    await desk.close();
  }
}

async function turnOff(portfolio: string | undefined, reason: string, desk: Desk): Promise<TurnedOff> {
  try {
    return await desk.killSwitch.turnOff(portfolio, { reason, by: whoTurns(), at: desk.clock.now() });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const message = error.effect === 'none' ? 'the switch was not turned off' : 'the switch may be off or not: look at evenkeel status';
    throw new CommandFailure('not-turned', `${message} (${error.message})`, { exitCode: 1, cause: error });
  }
}

interface Halted {
  readonly name: string;
  readonly by: 'its own switch' | 'the switch of all portfolios';
  readonly state: SwitchedOn;
}

/** The portfolio itself, or of all those that are known the ones that a switch still stops. */
async function stillHalted(portfolio: string | undefined, names: readonly string[], desk: Desk): Promise<Halted[]> {
  const all = await desk.killSwitch.readOne(undefined);
  if (portfolio !== undefined) return haltedBy(portfolio, 'the switch of all portfolios', all);
  const found = await Promise.all(names.map(async (name) => haltedBy(name, 'its own switch', await desk.killSwitch.readOne(name))));
  return found.flat();
}

function haltedBy(name: string, by: Halted['by'], state: KillSwitchState): Halted[] {
  return state.kind === 'on' ? [{ name, by, state }] : [];
}

/** What goes on now, and what begins next: a run that was stopped is over, and the next one starts from what is held. */
async function whatIsNext(names: readonly string[], halted: readonly Halted[], desk: Desk) {
  const trading = names.filter((name) => halted.every((each) => each.name !== name));
  const found = await latestRuns(trading, desk.runStore);
  const executing = found.flatMap(({ runs }) => runs.flatMap(({ runId, phase }) => (phase.kind === 'executing' ? [runId] : [])));
  const due = await Promise.all(trading.map(async (name) => ({ portfolio: name, due: await nextDue(name, desk) })));
  const lines = [
    ...executing.map((runId) => `${runId} executes still: what it gave up stays given up, the rest goes on.`),
    ...due.map(({ portfolio, due: each }) => `${portfolio}: ${nextDueText(each)}`),
  ];
  return { executing, due, lines, problems: found.flatMap(({ problem }) => problem ?? []) };
}

function turnedText(portfolio: string | undefined, turned: Exclude<TurnedOff, { kind: 'turned-again' }>): string {
  const what = `The kill switch of ${scopeText(portfolio)}`;
  if (turned.kind === 'was-off') return `${what} was off.`;
  return `${what} is off. It was on ${switchedOnText(turned.was)}. Runs that it refused or stopped are not taken up again.`;
}

function haltedText({ name, by, state }: Halted): string {
  return `${name} is still halted by ${by}, ${switchedOnText(state)}.`;
}

// Lowers the level of a portfolio's breaker, which only a person does: the mark either stays, and what was lost since still
// counts, or it begins anew with what the account is worth at the next look.
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { type BreakerStanding, confirmed, forgiven } from '../../shared/core/risk/breaker.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import { CommandFailure } from '../failure.ts';
import type { Desk } from './desk.ts';

export type MarkChoice = 'keep' | 'now';

/** @throws CommandFailure, exit 2 */
export function markOption(text: string | undefined, portfolio: string | undefined): MarkChoice | undefined {
  if (text === undefined) return undefined;
  if (text !== 'keep' && text !== 'now') throw usage(`--mark is ${text}, expected keep or now`);
  if (portfolio === undefined) throw usage('--mark is of one portfolio: name it');
  return text;
}

/**
 * Before the switch is turned off: whoever dies between the two leaves it on. What to say of it, nothing where there is nothing.
 * @throws CommandFailure: exit 2 where the breaker stopped the portfolio and nobody says what becomes of the mark, exit 1 when
 * it could not be lowered.
 */
export async function lowerBreaker(
  portfolio: string,
  choice: MarkChoice | undefined,
  { highWaterMarks, clock }: Desk,
): Promise<readonly string[]> {
  const before = await inStore(() => highWaterMarks.read(portfolio));
  const level = before?.level ?? 'normal';
  if (choice === undefined) {
    if (level === 'stopped') {
      throw usage(
        `the breaker stopped ${portfolio}. Say --mark keep to go on from the same high-water mark (then it stops again as long as the loss is what it is), or --mark now to begin anew with what the account is worth`,
      );
    }
    return level === 'normal' ? [] : [`The breaker of ${portfolio} stays at ${level}. To lower it, say --mark keep or --mark now.`];
  }
  if (before === undefined) return [`The breaker of ${portfolio} has no mark yet.`];
  const after = afterChoice(before, choice, clock.now());
  if ((await inStore(() => highWaterMarks.move(portfolio, before, after))) === 'stale') {
    throw new CommandFailure('moved-meanwhile', 'a run moved the mark in the same moment, and nothing was changed: say it again', {
      exitCode: 1,
    });
  }
  const mark = choice === 'keep' ? 'its mark stays' : 'its mark begins anew, and the loss of this session is forgiven';
  return [`The breaker of ${portfolio} is at normal, was at ${level}; ${mark}.`];
}

function afterChoice(before: BreakerStanding, choice: MarkChoice, now: number): BreakerStanding {
  return choice === 'keep' ? confirmed(before) : forgiven(before, newYorkDate(now));
}

async function inStore<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new CommandFailure('not-lowered', `the breaker was not lowered, or may have been (${error.message})`, {
      exitCode: 1,
      cause: error,
    });
  }
}

function usage(message: string): CommandFailure {
  return new CommandFailure('usage', message, { exitCode: 2 });
}

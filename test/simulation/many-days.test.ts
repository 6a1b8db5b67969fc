// Days drawn from seeds, each with its own faults. A failure prints the one seed that reproduces it:
// `EVENKEEL_SEED=17 npx vitest run test/simulation` replays it, `EVENKEEL_SEEDS=20000` runs that many.
import { describe, expect, it } from 'vitest';
import { encodeRunRecord } from '../../shared/contracts/run-record.ts';
import { isRestricted } from './drawn-policy.ts';
import { brokenLaws } from './invariants.ts';
import { nextDay } from './next-day.ts';
import { type SimulatedDay, simulateDay } from './simulated-day.ts';

const SEEDS_DEFAULT = 500;
const seeds = seedsToRun(process.env);

/** Half as many: the faults are the same. */
const longShortSeeds = seeds.slice(0, Math.ceil(seeds.length / 2));

/** @throws RangeError for a number of seeds that would test nothing. */
function seedsToRun({ EVENKEEL_SEED, EVENKEEL_SEEDS }: NodeJS.ProcessEnv): readonly number[] {
  const [first, count] = EVENKEEL_SEED === undefined ? [0, Number(EVENKEEL_SEEDS ?? SEEDS_DEFAULT)] : [Number(EVENKEEL_SEED), 1];
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`EVENKEEL_SEED and EVENKEEL_SEEDS are whole numbers, not ${EVENKEEL_SEED} and ${EVENKEEL_SEEDS}`);
  }
  return Array.from({ length: count }, (_, place) => first + place);
}

/** What a day came to, in words that can be counted. */
function wordsOf(day: SimulatedDay): string[] {
  const isInside = day.plan?.lines.every((line) => line.isInside) === true;
  const isTradedInside = day.isForced && isInside && day.plan?.trades.length !== 0;
  return [...wordsOfRun(day), day.turn ?? '', isTradedInside ? 'forced inside the band' : ''];
}

function wordsOfRun({ seed, record, plan, crashes, broker, switchedWhileWorking, approvals }: SimulatedDay): string[] {
  const phase = record?.phase;
  const approved = [...approvals].map((kind) => `approval-${kind}`);
  if (phase?.kind !== 'ended') return [phase?.kind ?? 'nothing', ...approved];
  const legs = phase.execution?.legs ?? [];
  const codes = legs.flatMap(({ stage }) => (stage.kind === 'done' ? (stage.residual?.code ?? 'filled') : []));
  const isRepegged = broker.orders.some(({ clientOrderId }) => clientOrderId.endsWith('_1'));
  const switched = [...switchedWhileWorking].map((to) => `switched-to-${to}`);
  const isOnlySmaller = isRestricted(seed) && broker.orders.length > 0 && plan?.skipped.some(({ code }) => code === 'breaker') === true;
  return [
    isOnlySmaller ? 'only-smaller' : '',
    phase.ending.kind,
    phase.ending.code ?? '',
    ...codes,
    ...switched,
    ...approved,
    crashes > 0 ? 'crashed' : '',
    isRepegged ? 'repegged' : '',
  ];
}

/** Which trades were filled, and how the account stands at the end. */
function sidesOf({ record, plan, broker }: SimulatedDay): string[] {
  const legs = record?.phase.kind === 'ended' ? (record.phase.execution?.legs ?? []) : [];
  const filled = legs.flatMap(({ symbol, side, position }) => {
    if (broker.filledQuantity(symbol) === 0n) return [];
    return position === undefined ? [side] : [side === 'sell' ? 'short sale' : 'cover'];
  });
  const held = broker.positions();
  const standing = held.length === 0 ? 'flat' : held.some(({ quantity }) => quantity < 0n) ? 'held short' : 'held long';
  return [...filled, standing, ...(plan?.skipped.map(({ code }) => code) ?? [])];
}

describe('a simulated day', () => {
  it(`breaks no law of order safety on any of ${seeds.length} seeds`, { timeout: 1_000 * seeds.length + 60_000 }, async () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const day = await simulateDay(seed);
      expect(brokenLaws(day), `EVENKEEL_SEED=${seed} ${JSON.stringify(day.faults)}`).toEqual([]);
      for (const word of wordsOf(day)) seen.add(word);
      const next = await nextDay(day);
      expect(next.broken, `EVENKEEL_SEED=${seed} the session after`).toEqual([]);
      for (const word of next.words) seen.add(word);
    }
    if (seeds.length < SEEDS_DEFAULT) return;
    // Days on which nothing happens would keep every law.
    for (const word of ['completed', 'completed-with-residuals', 'unresolved', 'refused', 'awaiting-approval', 'crashed', 'repegged'])
      expect(seen).toContain(word);
    for (const turn of ['every-run', 'first', 'held', 'branch', 'forced inside the band']) expect(seen).toContain(turn);
    for (const to of ['cancel', 'keep', 'off']) expect(seen).toContain(`switched-to-${to}`);
    for (const word of ['no-ledger', 'trade-by-hand', 'late-fill', 'adopted']) expect(seen).toContain(word);
    for (const kind of ['approved', 'prices-moved', 'kill-switch', 'too-late']) expect(seen).toContain(`approval-${kind}`);
    for (const code of [
      'filled',
      'kill-switch',
      'deadline',
      'rejected',
      'insufficient-proceeds',
      'unfilled-at-limit',
      'canceled-by-broker',
      'session-orders',
      'only-smaller',
      'suspended',
      'replaced-elsewhere',
      'done-for-day',
      'unknown-status',
    ])
      expect(seen).toContain(code);
  });

  it(`breaks none with long and short positions either, on any of ${longShortSeeds.length} seeds`, {
    timeout: 1_000 * seeds.length + 60_000,
  }, async () => {
    const seen = new Set<string>();
    for (const seed of longShortSeeds) {
      const day = await simulateDay(seed, 'long-short');
      expect(brokenLaws(day), `EVENKEEL_SEED=${seed} ${JSON.stringify(day.faults)}`).toEqual([]);
      for (const word of [...wordsOf(day), ...sidesOf(day)]) seen.add(word);
      const next = await nextDay(day);
      expect(next.broken, `EVENKEEL_SEED=${seed} the session after`).toEqual([]);
    }
    if (seeds.length < SEEDS_DEFAULT) return;
    for (const word of [
      'completed',
      'completed-with-residuals',
      'unresolved',
      'refused',
      'short-not-allowed',
      'crashed',
      'repegged',
      'kill-switch',
    ])
      expect(seen).toContain(word);
    for (const word of ['sell', 'buy', 'short sale', 'cover', 'through-zero', 'insufficient-proceeds', 'held short', 'flat'])
      expect(seen).toContain(word);
  });

  it(`breaks none in an account without margin, on any of ${longShortSeeds.length} seeds`, {
    timeout: 1_000 * seeds.length + 60_000,
  }, async () => {
    const seen = new Set<string>();
    for (const seed of longShortSeeds) {
      const day = await simulateDay(seed, 'cash');
      expect(brokenLaws(day), `EVENKEEL_SEED=${seed} ${JSON.stringify(day.faults)}`).toEqual([]);
      for (const word of [...wordsOf(day), ...sidesOf(day)]) seen.add(word);
      const next = await nextDay(day);
      expect(next.broken, `EVENKEEL_SEED=${seed} the session after`).toEqual([]);
    }
    if (seeds.length < SEEDS_DEFAULT) return;
    for (const word of ['completed', 'unresolved', 'sell', 'buy', 'repegged', 'unsettled-cash', 'unsettled-purchase', 'insufficient-cash'])
      expect(seen).toContain(word);
  });

  it('is the same day again for the same seed', async () => {
    const [once, again] = [await simulateDay(186), await simulateDay(186)];
    if (once.record === undefined || again.record === undefined) throw new Error('a day without a record');
    expect(encodeRunRecord(again.record)).toBe(encodeRunRecord(once.record));
    expect(again.broker.orders).toEqual(once.broker.orders);
  });
});

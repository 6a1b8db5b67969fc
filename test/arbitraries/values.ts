// Any value of the core, for the laws.
import fc from 'fast-check';
import { type ClientOrderId, type ContentHash, NAME_PATTERN, type RunId, runIdOf, type Side } from '../../shared/core/values/identity.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { type Ppm, WHOLE } from '../../shared/core/values/weight.ts';

export const anySide: fc.Arbitrary<Side> = fc.constantFrom('buy', 'sell');

/** Down to minus a billion dollars and up to it. */
export const anyUsd: fc.Arbitrary<MicroUsd> = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

/** A price above zero, up to a hundred thousand dollars. */
export const anyPrice: fc.Arbitrary<MicroUsd> = fc.bigInt({ min: 1n, max: 10n ** 11n });

export const anyShares: fc.Arbitrary<NanoShares> = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });

export const anyWeight: fc.Arbitrary<Ppm> = fc.bigInt({ min: 0n, max: WHOLE });

/** A weight or the difference of two. */
export const anyDrift: fc.Arbitrary<Ppm> = fc.bigInt({ min: -WHOLE, max: WHOLE });

export const anyInstant: fc.Arbitrary<EpochMs> = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2030, 11, 31) });

export const anyDate: fc.Arbitrary<NewYorkDate> = anyInstant.map((ms) => new Date(ms).toISOString().slice(0, 10) as NewYorkDate);

export const anySymbol: fc.Arbitrary<string> = fc.stringMatching(/^[A-Z]{1,6}(?:\.[A-Z]{1,2})?$/);

// fast-check makes no words of a pattern that looks ahead.
export const anyName: fc.Arbitrary<string> = fc
  .stringMatching(/^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/)
  .filter((name) => NAME_PATTERN.test(name));

export const anyRunId: fc.Arbitrary<RunId> = fc.record({ portfolio: anyName, session: anyDate, schedule: anyName }).map(runIdOf);

export const anyClientOrderId: fc.Arbitrary<ClientOrderId> = fc.stringMatching(/^[A-Za-z0-9._-]{1,128}$/);

export const anyHash: fc.Arbitrary<ContentHash> = fc.stringMatching(/^[0-9a-f]{64}$/);

/** The figures behind a refusal. */
export const anyFigures: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.stringMatching(/^[a-z][A-Za-z]{0,11}$/),
  fc.string({ maxLength: 12 }),
  {
    maxKeys: 4,
    noNullPrototype: true,
  },
);

/** An object whose optional members are sometimes absent, never undefined. */
export function withOptional<Required extends object, Optional extends object>(
  required: { [Key in keyof Required]: fc.Arbitrary<Required[Key]> },
  optional: { [Key in keyof Optional]: fc.Arbitrary<Optional[Key]> },
): fc.Arbitrary<Required & Partial<Optional>> {
  const present = fc.record(required) as fc.Arbitrary<Required>;
  const perhaps = fc.record(optional, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Partial<Optional>>;
  return fc.tuple(present, perhaps).map(([must, may]) => ({ ...must, ...may }));
}

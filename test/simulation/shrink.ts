// Makes a failing case as small as it gets: faults are taken away one by one for as long as it still fails.
import { type Faults, NO_FAULTS } from './faults.ts';
import { type PlayedCase, playCase } from './played-case.ts';

/** What only says how bad another fault is does nothing alone. */
const SIZES: ReadonlySet<keyof Faults> = new Set(['staleMsMax', 'lateMsMin', 'lateMsMax', 'crashesMax', 'checksMoneyFirst']);

export async function shrink(failing: PlayedCase): Promise<PlayedCase> {
  let smallest = failing;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const faults of lessThan(smallest.faults)) {
      const played = await playCase(failing.seed, { faults });
      if (played.broken.length === 0) continue;
      smallest = played;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** The faults that are still there, by their names. */
export function namesOf(faults: Faults): readonly (keyof Faults)[] {
  return keysOf(NO_FAULTS).filter((name) => !isSame(faults[name], NO_FAULTS[name]));
}

/** Each of them with one fault less. */
function lessThan(faults: Faults): Faults[] {
  const less = namesOf(faults)
    .filter((name) => !SIZES.has(name))
    .map((name) => without(faults, name));
  const { nextDay } = faults;
  return nextDay === undefined ? less : [...less, ...lessThan(nextDay).map((fewer) => ({ ...faults, nextDay: fewer }))];
}

function without(faults: Faults, name: keyof Faults): Faults {
  const less = { ...faults, [name]: NO_FAULTS[name] };
  const left = namesOf(less).filter((each) => !SIZES.has(each));
  return left.length === 0 ? NO_FAULTS : less;
}

function keysOf(faults: Faults): (keyof Faults)[] {
  return Object.keys(faults).filter((name): name is keyof Faults => name in NO_FAULTS);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (Array.isArray(one) && Array.isArray(other) && one.length === 0 && other.length === 0);
}

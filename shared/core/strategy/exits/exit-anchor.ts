// How far back prices must be read for what protective exits remember.
import type { NewYorkDate } from '../../values/time.ts';
import type { ExitState } from './exit-memory.ts';

/** The oldest close by which anything is rescaled, or since which anything is awaited; undefined where nothing is held. */
export function exitAnchor({ symbols }: ExitState): NewYorkDate | undefined {
  return Object.values(symbols)
    .flatMap((memory) => (memory.kind === 'out' ? [] : [memory.kind === 'held' ? memory.reference.on : memory.since]))
    .reduce<NewYorkDate | undefined>((oldest, on) => (oldest === undefined || on < oldest ? on : oldest), undefined);
}

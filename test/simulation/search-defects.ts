// Plants one defect after the other and plays seeds until one of them tells.
import { playSeeds } from './crew.ts';
import { DEFECTS } from './defects.ts';
import type { SeedRange } from './seed-range.ts';

export const SEEDS_PER_DEFECT = 2_000;

export interface DefectFound {
  readonly name: string;
  /** undefined where no seed told. */
  readonly seed?: number;
  /** The first law that it broke there. */
  readonly broken?: string;
}

const TEXT_MAX = 140;

function shortened(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > TEXT_MAX ? `${line.slice(0, TEXT_MAX)} …` : line;
}

/** In the order of the list, whichever thread was faster. */
export async function searchDefects(
  { first, count }: SeedRange,
  threads: number,
  names: readonly string[] = DEFECTS.map(({ name }) => name),
): Promise<DefectFound[]> {
  const found: DefectFound[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let place = next++; place < names.length; place = next++) {
      const name = names[place];
      if (name === undefined) return;
      const { failure } = await playSeeds({ first, count }, { threads: 1, defect: name });
      found[place] = failure === undefined ? { name } : { name, seed: failure.seed, broken: shortened(failure.broken[0] ?? '') };
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return found;
}

// How long the largest symphony takes to become a strategy, against looking once at each of its characters.
import { importSymphony } from '../../shared/contracts/symphony/import-symphony.ts';
import type { Bench } from './bench.ts';
import { largeSymphony } from './large-symphony.ts';

const CHARACTERS = 3_300_000;

export const bench: Bench = {
  name: 'import symphony',
  unit: 'ms',
  floor: 'each character once',
  rounds: 9,
  limits: { subjectMax: 150, ratioMax: 20 },
  async prepare() {
    const { text, nodes } = largeSymphony(CHARACTERS, 1);
    const importing = async () => {
      const from = performance.now();
      const result = importSymphony(text, 'large.clj');
      const took = performance.now() - from;
      if (result.kind === 'refused' || result.report.nodes !== nodes) throw new Error('the large symphony was not imported whole');
      return took;
    };
    const looking = async () => {
      const from = performance.now();
      let brackets = 0;
      for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === 0x28) brackets += 1;
      const took = performance.now() - from;
      if (brackets < nodes) throw new Error('fewer brackets than nodes');
      return took;
    };
    // The machine learns both before the first turn is counted.
    for (let turn = 0; turn < 4; turn += 1) await importing();
    return { subjects: [{ name: '3.3 MB', measure: importing }], floor: looking, dispose: async () => undefined };
  },
};

// A thread that plays ranges of seeds for `crew.ts`; where a defect is to be planted, before anything of the product is
// loaded.
import { parentPort, workerData } from 'node:worker_threads';
import { plant } from './plant.ts';
import type { SeedRange } from './seed-range.ts';

const { defect }: { defect?: string } = workerData;
if (defect !== undefined) plant(defect);
const { playRange } = await import('./seed-range.ts');

parentPort?.on('message', (range: SeedRange) => {
  void playRange(range).then((played) => parentPort?.postMessage(played));
});

// `npm run bench [-- --json]`: runs every *.bench.ts beside it, profiles the functions, and prints tables, or one JSON document.
// Exit 1 when a limit is passed over three times in a row, or a function has not the memory that it needs. A new benchmark is a new
// file that exports `bench`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, measureUntilWithin, type Result } from './bench.ts';
import { profileFunctions } from './function-profiles.ts';
import { hasMemoryToSpare, profileText } from './profile-text.ts';

const ATTEMPTS = 3;

const asJson = process.argv.includes('--json');
const results: Result[] = [];
const skipped: { bench: string; reason: string }[] = [];
// First: Linux tells as a process's peak what the one that started it held, and the benchmarks hold much.
const functions = await profileFunctions();

for (const file of readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .sort()) {
  const { bench } = (await import(join(import.meta.dirname, file))) as { bench: Bench };
  const prepared = await bench.prepare();
  if ('skipped' in prepared) {
    skipped.push({ bench: bench.name, reason: prepared.skipped });
    continue;
  }
  try {
    // As they come: what is measured takes minutes, and one that fails must not take the others with it.
    const tell = asJson ? () => undefined : printRows;
    results.push(...(await measureUntilWithin(bench, prepared, ATTEMPTS, tell)));
  } finally {
    await prepared.dispose?.();
  }
}

if (asJson) console.log(JSON.stringify({ node: process.version, results, skipped, functions }, null, 2));
else {
  for (const { bench, reason } of skipped) console.log(`${bench}: SKIPPED, ${reason}`);
  console.log(profileText(functions));
}
process.exitCode = results.every((result) => result.withinLimits) && functions.every(hasMemoryToSpare) ? 0 : 1;

function printRows(rows: readonly Result[]): void {
  for (const result of rows) {
    const { ratioMin, ratioMax, subjectMax } = result.limits;
    const limits = [ratioMin && `ratio ≥ ${ratioMin}`, ratioMax && `ratio ≤ ${ratioMax}`, subjectMax && `≤ ${subjectMax} ${result.unit}`]
      .filter(Boolean)
      .join(', ');
    const verdict = limits === '' ? '' : result.withinLimits ? `  (${limits}: ok)` : `  (${limits}: PASSED OVER)`;
    const figures = `${result.subjectMedian.toFixed(2)} ${result.unit} against ${result.floorMedian.toFixed(2)}`;
    console.log(`${result.bench}: ${result.subject.padEnd(12)} ${figures} for ${result.floor}, ratio ${result.ratio.toFixed(2)}${verdict}`);
  }
}

// Two sessions of an embedded world, in a process that somebody kills: `node killed-day.ts FOLDER SEED START [--calm]`.
// It goes on from what the folder holds, with faults of the exchange that the seed and the start draw. At the end it
// prints one JSON document of what the records say and what the exchange has.
import { HOUR_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import { Chance } from '../simulation/chance.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, NEXT_DAY } from './a-world.ts';
import { FAULTS } from './faults-to-arm.ts';
import { GAVE_UP, type KilledDay } from './killed-day-told.ts';
import { ordersTold, runOnRecord } from './run-on-record.ts';

const [folder, seed, start, calm] = process.argv.slice(2);
if (folder !== undefined && seed !== undefined && start !== undefined) process.exitCode = await goOn(folder, Number(seed), Number(start));

async function goOn(folder: string, seed: number, start: number): Promise<number> {
  const chance = new Chance(seed);
  const isPatient = chance.happens(0.5);
  const day = await aWorld({ folder, portfolio: (text) => (isPatient ? `${text}execution: { style: patient }\n` : text) });
  try {
    const drawn = new Chance(seed * 100 + start);
    const faults = calm === undefined ? Array.from({ length: drawn.between(0, 3) }, () => drawn.pick(FAULTS)) : [];
    await relive(day);
    for (const fault of faults) await day.arm({ ...fault, count: drawn.between(1, 4) });
    for (const date of [DAY, NEXT_DAY]) if (!(await playOut(day, date))) return GAVE_UP;
    process.stdout.write(`${JSON.stringify(await told(day))}\n`);
    return 0;
  } finally {
    await day.close();
  }
}

/**
 * A restored exchange lives through what it had told of once more. It must not meet faults there that it did not meet
 * then: a fill that is on record would become a rejection.
 */
async function relive(day: EmbeddedDay): Promise<void> {
  const records = await Promise.all([DAY, NEXT_DAY].map((date) => day.world.runStore.load(`pair/${date}/daily`)));
  const told = Math.max(...records.map((record) => record?.updatedAt ?? 0));
  if (day.world.exchange.clock.now() < told) day.goTo(told);
}

/** False when the engine gave up on a run that is not over. */
async function playOut(day: EmbeddedDay, date: NewYorkDate): Promise<boolean> {
  const runId = `pair/${date}/daily`;
  if ((await day.world.runStore.load(runId))?.phase.kind === 'ended') return true;
  if (day.world.exchange.clock.now() < dueAt(date)) day.goTo(dueAt(date));
  try {
    const signaled = await day.signal(day.event(date));
    if (signaled.kind === 'handed-over') await day.drive(runId);
  } catch (error) {
    // The event would be delivered again, by whoever starts this process again.
    process.stderr.write(`${String(error)}\n`);
    return false;
  }
  return (await day.record(runId)).phase.kind === 'ended';
}

async function told(day: EmbeddedDay): Promise<KilledDay> {
  // The exchange that was killed after a fill makes it again, in the same way, once its time has come and somebody asks.
  day.goTo(dueAt(NEXT_DAY) + HOUR_MS);
  await day.world.portsFor(day.source.policy, `pair/${NEXT_DAY}/daily`).broker.positions();
  const { orders, cash } = day.world.exchange.desk.book;
  return {
    runs: [await runOnRecord(`pair/${DAY}/daily`, day.world), await runOnRecord(`pair/${NEXT_DAY}/daily`, day.world)],
    orders: ordersTold(orders),
    cash: `${cash}`,
  };
}

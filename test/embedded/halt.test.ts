// The kill switch turned in a state folder between two lives of the world that works there.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk } from '../../cli/switch/desk.ts';
import { halt } from '../../cli/switch/halt.ts';
import { resume } from '../../cli/switch/resume.ts';
import { at } from '../cli/desk.ts';
import { aWorld, DAY, type EmbeddedDay, NEXT_DAY, newFolder, RUN_ID, removeFolder } from './a-world.ts';

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld();
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

/** In the folder of the world, which nobody else holds meanwhile. */
async function inFolder(command: Parameters<typeof at>[1]) {
  const { folder } = day;
  await day.close();
  const said = await at(await openDesk({ state: folder }), command);
  day = await aWorld({ folder });
  return said;
}

describe('a halt in the state folder', () => {
  it('stops the run that was interrupted, and after a resume the next run trades as if nothing had been', async () => {
    await day.signal();
    const halted = await inFolder((output, open) => halt('pair', { reason: 'holiday', wait: '120' }, output, open));
    expect(halted).toMatchObject({ out: 'No order is open.\n', failure: undefined });
    expect(await day.drive()).toBe('ended');
    expect(await day.residuals()).toEqual(['SPY kill-switch', 'TLT kill-switch']);
    expect(day.orders()).toEqual([]);

    const resumed = await inFolder((output, open) => resume('pair', { reason: 'back' }, output, open));
    expect(resumed.out).toContain('The kill switch of pair is off. It was on since 2019-03-14 15:35 New York');
    // The run that was stopped stays as it ended.
    expect(await day.signal()).toMatchObject({ kind: 'already-ended' });
    expect(day.orders()).toEqual([]);
    expect(await day.rebalance(NEXT_DAY)).toBe('ended');
    expect(day.shares()).toEqual(await day.planned(`pair/${NEXT_DAY}/daily`));
    expect(await day.ending(`pair/${NEXT_DAY}/daily`)).toMatchObject({ kind: 'completed' });
  });

  it('is refused while another process works there, in words that say what to do', async () => {
    await expect(openDesk({ state: day.folder })).rejects.toMatchObject({
      code: 'in-use',
      exitCode: 1,
      message: expect.stringContaining('stop it with Ctrl-C, say this again, and start it again'),
    });
    expect(await day.signal()).toMatchObject({ kind: 'handed-over', runId: RUN_ID });
  });

  it('is refused where no state is', async () => {
    const folder = newFolder();
    await expect(openDesk({ state: folder })).rejects.toMatchObject({ code: 'no-state', exitCode: 2 });
    removeFolder(folder);
  });

  it('knows the portfolios by their runs', async () => {
    await day.signal();
    const { folder } = day;
    await day.close();
    const desk = await openDesk({ state: folder });
    expect(await desk.portfolioNames()).toEqual(['pair']);
    expect((await desk.runStore.list('pair', 1)).map(({ session }) => session)).toEqual([DAY]);
    await desk.close();
    day = await aWorld({ folder });
  });
});

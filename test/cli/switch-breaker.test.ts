// evenkeel resume and status where the breaker is above normal.
import { describe, expect, it } from 'vitest';
import { type ResumeOptions, resume } from '../../cli/switch/resume.ts';
import { status } from '../../cli/switch/status.ts';
import type { BreakerLevel } from '../../shared/core/risk/breaker.ts';
import { usd } from '../../shared/core/values/money.ts';
import { aHalt } from '../builders/halt.ts';
import { WorkflowWorld } from '../shared/workflow/workflow-world.ts';
import { at, deskOf } from './desk.ts';

const DAY = { session: '2026-11-20', equity: usd('10500') } as const;

/** A mark of 12,500 dollars; stopped means that the switch is on too. */
async function worldAt(level: BreakerLevel): Promise<WorkflowWorld> {
  const world = new WorkflowWorld();
  await world.highWaterMarks.move('balanced', undefined, { mark: usd('12500'), transfers: usd('10000'), level, day: DAY });
  if (level === 'stopped') await world.killSwitch.turnOn('balanced', aHalt({ by: 'breaker', at: world.now }));
  return world;
}

function resumeAt(world: WorkflowWorld, options: Partial<ResumeOptions> = {}, portfolio: string | undefined = 'balanced') {
  return at(deskOf(world), (output, open) => resume(portfolio, { reason: 'I looked', ...options }, output, open));
}

describe('evenkeel resume of a portfolio that its breaker stopped', () => {
  it('turns nothing off until its owner says what becomes of the mark', async () => {
    const world = await worldAt('stopped');
    const { failure } = await resumeAt(world);
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2 });
    expect(await world.killSwitch.read('balanced')).toMatchObject({ kind: 'on' });
    expect(await world.highWaterMarks.read('balanced')).toMatchObject({ level: 'stopped' });
  });

  it('keeps the mark and what was lost since, and trades again', async () => {
    const world = await worldAt('stopped');
    const { out } = await resumeAt(world, { mark: 'keep' });
    expect(out).toContain('The breaker of balanced is at normal, was at stopped; its mark stays.');
    expect(await world.killSwitch.read('balanced')).toEqual({ kind: 'off' });
    expect(await world.highWaterMarks.read('balanced')).toEqual({
      mark: usd('12500'),
      transfers: usd('10000'),
      level: 'normal',
      day: DAY,
    });
  });

  it('begins the mark anew, and forgives what this session lost', async () => {
    const world = await worldAt('stopped');
    const { out } = await resumeAt(world, { mark: 'now' });
    expect(out).toContain('its mark begins anew');
    expect(await world.highWaterMarks.read('balanced')).toEqual({
      mark: 0n,
      transfers: usd('10000'),
      level: 'normal',
      day: { session: '2026-11-20', equity: 0n },
    });
  });

  it('changes nothing when a run moves the mark in the same moment', async () => {
    const world = await worldAt('stopped');
    const desk = {
      ...deskOf(world),
      highWaterMarks: { read: () => world.highWaterMarks.read('balanced'), move: async () => 'stale' as const },
    };
    const { failure } = await at(desk, (output, open) => resume('balanced', { reason: 'I looked', mark: 'now' }, output, open));
    expect(failure).toMatchObject({ code: 'moved-meanwhile', exitCode: 1 });
    expect(await world.killSwitch.read('balanced')).toMatchObject({ kind: 'on' });
  });
});

describe('evenkeel resume at another level', () => {
  it('leaves caution where it is, and says how to lower it', async () => {
    const world = await worldAt('caution');
    await world.killSwitch.turnOn('balanced', aHalt({ at: world.now }));
    const { out, failure } = await resumeAt(world);
    expect(failure).toBeUndefined();
    expect(out).toContain('The breaker of balanced stays at caution. To lower it, say --mark keep or --mark now.');
    expect(await world.killSwitch.read('balanced')).toEqual({ kind: 'off' });
  });

  it('lowers it also where the switch is off', async () => {
    const world = await worldAt('restricted');
    expect((await resumeAt(world, { mark: 'keep' })).out).toContain('was at restricted');
    expect(await world.highWaterMarks.read('balanced')).toMatchObject({ level: 'normal' });
  });

  it('says nothing of a breaker at normal', async () => {
    expect((await resumeAt(await worldAt('normal'))).out).not.toContain('breaker');
  });

  it.each([
    ['another word', 'forget', 'balanced'],
    ['all portfolios', 'keep', undefined],
  ])('refuses a mark of %s', async (_what, mark, portfolio) => {
    const world = await worldAt('caution');
    const { failure } = await at(deskOf(world), (output, open) => resume(portfolio, { reason: 'I looked', mark }, output, open));
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2 });
  });
});

it('evenkeel status shows a level above normal, and its mark', async () => {
  const world = await worldAt('caution');
  const { out } = await at(deskOf(world), (output, open) => status('balanced', {}, output, open));
  expect(out).toContain('breaker      caution; its high-water mark is 12500.00');
});

// evenkeel rollback: nothing happens without a yes, and real money goes back to nothing while it trades.
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../cli/ask.ts';
import { CommandFailure } from '../../cli/failure.ts';
import { rollback } from '../../cli/rollback/rollback.ts';
import type { RollbackDesk } from '../../cli/rollback/rollback-desk.ts';
import { MemoryKillSwitch } from '../../shared/adapters/local/memory-kill-switch.ts';
import { OutsideError, StoreError } from '../../shared/ports/outside-error.ts';
import type { Release, Releases } from '../../shared/ports/releases.ts';
import { aHalt } from '../builders/halt.ts';
import { heard } from './heard.ts';

const yes: Ask = async () => undefined;
const no: Ask = async () => {
  throw new CommandFailure('declined', 'nothing was done', { exitCode: 1 });
};
const release = (hop: string, version: string, madeAt: string, previous?: Release['previous']): Release => ({
  hop,
  alias: 'live',
  version,
  madeAt,
  previous,
});
const BEFORE = { version: '3', madeAt: '2026-11-01T10:00:00.000+0000' };
const BOTH = [
  release('signal', '4', '2026-11-20T10:00:00.000+0000', BEFORE),
  release('execution', '4', '2026-11-20T10:00:00.000+0000', BEFORE),
];

interface Stated extends Partial<Omit<RollbackDesk, 'releases'>> {
  readonly found?: readonly Release[];
  readonly releases?: Partial<Releases>;
}

async function rolledBack({ found = BOTH, releases = {}, ...stated }: Stated = {}, asked: Ask = yes, json = false) {
  const moved: string[] = [];
  const dryRuns: string[] = [];
  const desk: RollbackDesk = {
    stage: 'paper',
    killSwitch: new MemoryKillSwitch(),
    portfolioNames: async () => ['real'],
    releases: {
      read: async () => found,
      move: async (hop, version) => {
        moved.push(`${hop} ${version}`);
      },
      dryRun: async (hop, version, portfolio) => {
        dryRuns.push(`${hop} ${version} ${portfolio}`);
        return { verdict: 'passed', detail: 'execute' };
      },
      ...releases,
    },
    ...stated,
  };
  const told = await heard((output) => rollback({}, output, () => desk, asked), json);
  return { ...told, moved, dryRuns };
}

async function halted(portfolio?: string): Promise<MemoryKillSwitch> {
  const killSwitch = new MemoryKillSwitch();
  await killSwitch.turnOn(portfolio, aHalt());
  return killSwitch;
}

describe('evenkeel rollback', () => {
  it('moves the functions of the latest release back, and leaves those that it did not change', async () => {
    const { out, err, failure, moved } = await rolledBack({
      found: [
        release('signal', '4', '2026-11-20T10:00:00.000+0000', BEFORE),
        release('execution', '4', '2026-11-20T10:02:00.000+0000', BEFORE),
        release('watchdog', '2', '2026-11-01T10:00:00.000+0000', { version: '1', madeAt: '2026-10-01T10:00:00.000+0000' }),
      ],
    });
    expect(failure).toBeUndefined();
    expect(moved).toEqual(['signal 3', 'execution 3']);
    expect(err).toContain('back to');
    expect(err).not.toContain('watchdog');
    expect(out).toContain('Moved back: signal from 4 to 3, execution from 4 to 3.');
  });

  it('refuses where there is no release before', async () => {
    const { failure, moved } = await rolledBack({ found: [release('signal', '1', '2026-11-20T10:00:00.000+0000')] });
    expect(failure).toMatchObject({
      code: 'no-previous',
      exitCode: 1,
      message: expect.stringContaining('the versions that are called are the first: signal 1'),
    });
    expect(moved).toEqual([]);
    expect((await rolledBack({ found: [] })).failure).toMatchObject({ code: 'no-previous' });
  });

  it('moves nothing after a no, and says which were moved when one could not be', async () => {
    expect((await rolledBack({}, no)).moved).toEqual([]);
    const move: Releases['move'] = async (hop) => {
      if (hop === 'execution') throw new OutsideError('throttled', { effect: 'unknown', code: 'rate-limited' });
    };
    expect((await rolledBack({ releases: { move } })).failure).toMatchObject({
      code: 'half-moved',
      message: expect.stringContaining('moved: signal. Say it again'),
    });
  });

  it('of paper asks for no halt and no dry run, and says what comes back', async () => {
    const { err, out, dryRuns, failure } = await rolledBack();
    expect([failure, dryRuns]).toEqual([undefined, []]);
    expect(err).toContain('With them come back the portfolio files and limits that were deployed with those versions.');
    expect(out).toContain('Look how it is: npx evenkeel status');
    expect(JSON.parse((await rolledBack({}, yes, true)).out)).toEqual({ moved: expect.any(Array) });
  });
});

describe('evenkeel rollback of real money', () => {
  it.each<[string, RollbackDesk['stage']]>([
    ['a live deployment', 'live'],
    ['one of no stage that we know', undefined],
  ])('is refused while %s trades, whatever the yes, and says what to type first', async (_, stage) => {
    for (const killSwitch of [new MemoryKillSwitch(), await halted('real')]) {
      const { failure, moved, out, dryRuns } = await rolledBack({ stage, killSwitch });
      expect(failure).toMatchObject({
        code: 'not-halted',
        exitCode: 1,
        message: expect.stringMatching(
          /^nothing was moved: .* real money, .* is off\. .* First: npx evenkeel halt --reason "back to the release before"$/,
        ),
      });
      expect([moved, out, dryRuns]).toEqual([[], '', []]);
    }
  });

  it('is refused where the switch cannot be read, and where somebody resumed while the question stood', async () => {
    const readOne = () => Promise.reject(new StoreError('timeout', { effect: 'none', code: 'connection' }));
    const unread = await rolledBack({ stage: 'live', killSwitch: { readOne } });
    expect(unread.failure).toMatchObject({ code: 'not-halted', message: expect.stringContaining('cannot be read (timeout)') });
    const killSwitch = await halted();
    const resumed = await rolledBack({ stage: 'live', killSwitch }, async () => {
      await killSwitch.turnOff(undefined, { reason: 'it behaves', by: 'ben', at: 1 });
    });
    expect(resumed.failure).toMatchObject({ code: 'not-halted' });
    expect([unread.moved, resumed.moved]).toEqual([[], []]);
  });

  it('once all is halted says before the question by what the older version would trade, and afterwards what is next', async () => {
    const detail = 'execute; live without what it needs, by anna: a first order, watched by hand';
    const asked: string[] = [];
    const dryRun: Releases['dryRun'] = async (hop, version, portfolio) => {
      asked.push(`${hop} ${version} ${portfolio}`);
      if (portfolio === 'gone') throw new OutsideError('no portfolio gone', { effect: 'none', code: 'Unhandled' });
      return { verdict: 'passed', detail };
    };
    const stated = { stage: 'live', portfolioNames: async () => ['real', 'gone'], releases: { dryRun } } as const;
    const declined = await rolledBack({ ...stated, killSwitch: await halted() }, no);
    expect(asked).toEqual(['signal 3 real', 'signal 3 gone']);
    expect(declined.moved).toEqual([]);
    expect(declined.err).toContain('what was judged out is not out for them');
    expect(declined.err.replace(/\s+/g, ' ')).toContain(`real passed ${detail} gone unknown no portfolio gone`);

    const killSwitch = await halted();
    const { out, moved } = await rolledBack({ ...stated, killSwitch });
    expect(moved).toEqual(['signal 3', 'execution 3']);
    expect(await killSwitch.readOne(undefined)).toMatchObject({ kind: 'on' });
    for (const said of [
      'stays on, and nothing trades',
      'npx evenkeel status',
      'npx evenkeel plan',
      'npx evenkeel resume --reason "the release before"',
    ])
      expect(out).toContain(said);
    expect(JSON.parse((await rolledBack({ ...stated, killSwitch }, yes, true)).out)).toMatchObject({
      isHalted: true,
      plans: [
        { portfolio: 'real', verdict: 'passed', detail },
        { portfolio: 'gone', verdict: 'unknown', detail: 'no portfolio gone' },
      ],
    });
  });

  it('asks no dry run of a signal that stays, and goes back also where the portfolios here cannot be listed', async () => {
    const [, execution] = BOTH;
    if (execution === undefined) throw new Error('no execution');
    const portfolioNames = () => Promise.reject(new Error('core.yaml is refused'));
    const stays = await rolledBack({ stage: 'live', killSwitch: await halted(), found: [execution] });
    expect([stays.moved, stays.dryRuns]).toEqual([['execution 3'], []]);
    const unlisted = await rolledBack({ stage: 'live', killSwitch: await halted(), portfolioNames });
    expect(unlisted.moved).toEqual(['signal 3', 'execution 3']);
    expect(unlisted.err).toContain('all portfolios  unknown  the portfolios cannot be listed: core.yaml is refused');
  });
});

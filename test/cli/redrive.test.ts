// evenkeel dlq, redrive and logs over an embedded world: a run stops half-way, is explained, and goes on without a second order.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ask } from '../../cli/ask.ts';
import { explainLetters, listLetters, removeLetter, showLetter } from '../../cli/dlq/dlq.ts';
import { CommandFailure } from '../../cli/failure.ts';
import { logs } from '../../cli/logs/logs.ts';
import type { OperationsDesk } from '../../cli/operations/operations-desk.ts';
import { redrive } from '../../cli/redrive/redrive.ts';
import { demoDesk, type RedriveDesk } from '../../cli/redrive/redrive-desk.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { Portfolios } from '../../shared/ports/portfolios.ts';
import type { RunPorts, World } from '../../shared/workflow/world.ts';
import { aWorld, DAY, dueAt, type EmbeddedDay, RUN_ID, removeFolder } from '../embedded/a-world.ts';
import { heard } from './heard.ts';

const TOLD = { world: { kind: 'demo', folder: 'here' }, worldText: 'Of a test.' } as const;
const yes: Ask = async () => undefined;

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld();
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

/** An order reaches the exchange, its answer is lost, and then nothing is answered: the turns fail for good. */
async function stopHalfWay(): Promise<void> {
  await day.signal();
  await day.arm({ kind: 'drop-after-acceptance', route: 'POST /v2/orders', count: 1 });
  // From the first submission on.
  const armed = withBroker(day, (ports) => ({
    ...ports.broker,
    submit: async (intent) => {
      await day.arm({ kind: 'server-error', status: 503, route: 'GET /v2/orders' });
      return ports.broker.submit(intent);
    },
  }));
  expect(await day.drive(RUN_ID, armed)).toBe('dead-letter');
}

/** The world of a day with another broker in it. */
function withBroker({ world }: EmbeddedDay, broker: (ports: RunPorts) => Broker): World {
  return {
    ...world,
    portsFor: (policy, runId) => {
      const ports = world.portsFor(policy, runId);
      return { ...ports, broker: broker(ports) };
    },
  };
}

/** The process dies; the next one finds the folder, and an exchange that answers. */
async function reopen(): Promise<void> {
  await day.close();
  day = await aWorld({ folder: day.folder });
}

function deskOf(other: Partial<RedriveDesk> = {}): RedriveDesk {
  return { ...demoDesk(day.world), ...TOLD, close: async () => undefined, ...other };
}

function lookingDesk(): OperationsDesk {
  const { runStore, deadLetters, runLog } = day.world;
  return { ...TOLD, runStore, deadLetters, runLog, isLive: false, close: async () => undefined };
}

const redriven = (named = RUN_ID, desk: RedriveDesk = deskOf(), asked: Ask = yes, json = false) =>
  heard((output) => redrive(named, { wait: '0' }, output, async () => desk, asked), json);

async function expectEachOrderOnce(): Promise<void> {
  const ids = day.orders().map(({ clientOrderId }) => clientOrderId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(day.shares()).toEqual(await day.planned());
  const { trades } = await day.outcome();
  const onRecord = trades.flatMap(({ orders }) =>
    orders.map(({ clientOrderId, filledQuantity }) => `${clientOrderId} ${formatShares(filledQuantity)}`),
  );
  expect(
    day
      .orders()
      .map(({ clientOrderId, filledQuantity }) => `${clientOrderId} ${formatShares(filledQuantity)}`)
      .sort(),
  ).toEqual(onRecord.sort());
}

describe('a run that stopped half-way', () => {
  beforeEach(async () => {
    await stopHalfWay();
    await reopen();
  });

  it('is shown before anything happens, and left alone after a no', async () => {
    const asked: string[] = [];
    const { out, err, failure } = await redriven(RUN_ID, deskOf(), async (question) => {
      asked.push(question);
      throw new CommandFailure('declined', 'nothing was done', { exitCode: 1 });
    });
    expect(asked).toEqual(['Redrive its execution?']);
    expect(out).toBe('');
    expect(failure).toMatchObject({ code: 'declined', exitCode: 1 });
    expect(err).toContain('record       executing');
    expect(err).toMatch(/orders out {3}buy \d+ SPY at \d+\.\d+ \(sending\)\n/);
    expect(err).toMatch(/dead letter {2}[0-9a-f]{8} execution: BrokerError: /);
    expect(err).toContain('redrive the execution: it goes on in the state in which it stopped');
    expect((await day.record()).phase.kind).toBe('executing');
    expect(await day.queuedDeadLetters()).toHaveLength(1);
  });

  it('goes on after a yes, sends no order twice, and takes its letter away', async () => {
    const { out, failure } = await redriven();
    expect(failure).toBeUndefined();
    expect(out).toBe(`${RUN_ID} has ended: completed (2 trades filled). Removed its dead letter.\n`);
    await expectEachOrderOnce();
    expect(await day.queuedDeadLetters()).toEqual([]);
  });

  it('goes on by the beginning of its letter’s id, as one JSON document', async () => {
    const [letter] = (await day.world.deadLetters.read()).flatMap(({ letters }) => letters);
    const { out, err, failure } = await redriven(letter?.id.slice(0, 8), deskOf(), yes, true);
    expect(failure).toBeUndefined();
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      runId: RUN_ID,
      step: { kind: 'redrive' },
      became: 'ended',
      ending: 'completed',
      lettersRemoved: 1,
    });
  });

  it('sends no order twice when whoever redrives dies in the middle, again and again', async () => {
    let deaths = 0;
    for (const answersBeforeDeath of [0, 1, 2, 3, 4]) {
      let answers = 0;
      const broken = deskOf({
        executions: {
          ...demoDesk(day.world).executions,
          // Dies after so many requests to the broker, wherever in its turn that is.
          redrive: async (runId) => {
            await day.drive(
              runId,
              withBroker(day, ({ broker }) => {
                const die = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
                  const told = await answer;
                  answers += 1;
                  if (answers > answersBeforeDeath) throw new Error('killed');
                  return told;
                };
                return {
                  ...broker,
                  account: () => die(broker.account()),
                  openOrders: () => die(broker.openOrders()),
                  orderByClientOrderId: (id) => die(broker.orderByClientOrderId(id)),
                  submit: (intent) => die(broker.submit(intent)),
                };
              }),
            );
            return 'resumed';
          },
        },
      });
      await redriven(RUN_ID, broken);
      if (answers > answersBeforeDeath) deaths += 1;
      await reopen();
    }
    expect(deaths).toBeGreaterThan(2);
    await redriven();
    expect((await day.ending())?.kind).toBe('completed');
    await expectEachOrderOnce();
  });

  it('goes on in another execution where the first cannot, which is shown before', async () => {
    const own = demoDesk(day.world).executions;
    const tooOld: RedriveDesk['executions'] = {
      ...own,
      standing: async (runId) => {
        const standing = await own.standing(runId);
        return standing.kind === 'stopped' ? { ...standing, notRedrivable: 'older than 14 days' } : standing;
      },
    };
    const asked: string[] = [];
    const { err, failure } = await redriven(RUN_ID, deskOf({ executions: tooOld }), async (question) => void asked.push(question));
    expect(asked).toEqual(['Start another execution of it?']);
    expect(err).toContain('start another execution of it, which begins from the record; the first cannot go on: older than 14 days');
    expect(failure).toBeUndefined();
    await expectEachOrderOnce();
  });

  it('says so when the engine could not let it go on where it stopped', async () => {
    const own = demoDesk(day.world).executions;
    const { err, failure } = await redriven(
      RUN_ID,
      deskOf({ executions: { ...own, redrive: async (runId) => own.redrive(runId).then(() => 'started-anew') } }),
    );
    expect(err).toContain('could not go on where it stopped: another one has begun from the record');
    expect(failure).toBeUndefined();
    await expectEachOrderOnce();
  });

  it('says that it stopped again, and keeps the letters, when nothing was mended', async () => {
    await day.arm({ kind: 'server-error', status: 503, route: 'GET /v2/orders' });
    const { out, err, failure } = await redriven();
    expect(err).toContain('next turn    cannot be foreseen, and would fail as well if nothing changes: ');
    expect(out).toContain(`${RUN_ID} did not get on. Its dead letter stays until it has ended`);
    expect(failure).toMatchObject({ code: 'stopped-again', exitCode: 1 });
    expect(await day.queuedDeadLetters()).toHaveLength(2);
  });

  it('is not foreseen, and does not go on, while another account answers', async () => {
    const orders = day.orders().length;
    const elsewhere = withBroker(day, ({ broker }) => ({
      ...broker,
      account: async () => ({ ...(await broker.account()), accountNumber: 'PA2' }),
    }));
    const desk = demoDesk({ ...day.world, portsFor: elsewhere.portsFor });
    const { err, failure } = await redriven(RUN_ID, deskOf({ executions: desk.executions, portsFor: elsewhere.portsFor }));
    expect(err).toMatch(/next turn {4}cannot be foreseen.*: run \S+ was planned for account \S+, and the broker answers for PA2/);
    expect(failure).toMatchObject({ code: 'stopped-again', exitCode: 1 });
    expect(day.orders()).toHaveLength(orders);
    const list = await heard((output) => explainLetters({}, output, async () => lookingDesk()));
    expect(list.out).toContain('The broker answers for another account than the one that the run was planned for');
    expect((await redriven()).failure).toBeUndefined();
    await expectEachOrderOnce();
  });

  it('is shown with who lets it trade real money without what it needs', async () => {
    const { accountNumber } = day.world.exchange.desk.book;
    await day.close();
    removeFolder(day.folder);
    // The made-up prices have no volumes.
    day = await aWorld({
      portfolio: (text) =>
        `${text.replace('limits: {', 'limits: { volume: off,')}account: { mode: live, number: ${accountNumber}, capital: 100%, live-override: { by: anna, reason: a first order watched by hand } }\n`,
    });
    const said = /real money +live without what it needs, by anna: a first order watched by hand/;
    const no: Ask = async (question) => {
      throw new CommandFailure('declined', question, { exitCode: 1 });
    };
    // Of the file, where nothing is planned yet.
    expect((await redriven(RUN_ID, deskOf(), no)).err).toMatch(said);
    await stopHalfWay();
    await reopen();
    // Of the plan, whatever the file says by now.
    expect((await redriven(RUN_ID, deskOf(), no)).err).toMatch(said);
  });

  it('is closed without an order when its deadline is past', async () => {
    day.goTo(dueAt(DAY) + 24 * 60_000);
    const orders = day.orders().length;
    const { err, failure } = await redriven();
    expect(err).toContain('sends nothing more (deadline)');
    expect(failure).toBeUndefined();
    expect((await day.record()).phase.kind).toBe('ended');
    expect(day.orders()).toHaveLength(orders);
  });

  it('that ends as unresolved keeps its letter: a person has to look', async () => {
    day.goTo(dueAt(DAY) + 24 * 60_000);
    const { portsFor } = withBroker(day, ({ broker }) => ({
      ...broker,
      openOrders: async () => [],
      orderByClientOrderId: async () => undefined,
    }));
    const desk = demoDesk({ ...day.world, portsFor });
    await redriven(RUN_ID, deskOf({ executions: desk.executions }));
    expect((await day.record()).phase).toMatchObject({ kind: 'ended', ending: { kind: 'unresolved' } });
    // That of before, and that of the run which fails by intention.
    expect(await day.queuedDeadLetters()).toHaveLength(2);
  });

  it('whose portfolio was removed says so, and what to do', async () => {
    const none: Portfolios = { names: async () => ['calm'], load: (name) => day.world.portfolios.load(name) };
    const { failure } = await redriven(RUN_ID, deskOf({ portfolios: none }));
    expect(failure).toMatchObject({
      code: 'portfolio-removed',
      exitCode: 1,
      message: expect.stringContaining(`there is no portfolio pair (there are: calm), and ${RUN_ID} is open still`),
    });
  });

  it('is listed, explained and shown by its dead letter', async () => {
    const list = await heard((output) => listLetters({}, output, async () => lookingDesk()));
    expect(list.out).toMatch(new RegExp(`[0-9a-f]{8} {2}execution {2}\\S+ \\S+ New York {2}${RUN_ID} {2}BrokerError: `));
    expect(list.failure).toMatchObject({ code: 'waiting', exitCode: 1 });
    const explained = await heard((output) => explainLetters({}, output, async () => lookingDesk()));
    expect(explained.out).toContain('A run stopped half-way. The broker did not answer');
    expect(explained.out).toContain(`then       npx evenkeel redrive ${RUN_ID}`);
    const json = JSON.parse((await heard((output) => listLetters({}, output, async () => lookingDesk()), true)).out);
    expect(json).toMatchObject({ queues: [{ hop: 'execution', letters: 1, unread: 0 }], letters: [{ runId: RUN_ID, hop: 'execution' }] });
    const shown = await heard((output) => showLetter(json.letters[0].id.slice(0, 6), {}, output, async () => lookingDesk()));
    expect(shown.out).toContain(`letter     {"runId":"${RUN_ID}"`);
    const unknown = await heard((output) => showLetter('zzz', {}, output, async () => lookingDesk()));
    expect(unknown.failure).toMatchObject({ code: 'no-such-letter', exitCode: 2 });
  });

  it('loses its letter when a person removes it, and nothing else', async () => {
    const [letter] = (await day.world.deadLetters.read()).flatMap(({ letters }) => letters);
    const { out } = await heard((output) => removeLetter(letter?.id ?? '', {}, output, async () => lookingDesk(), yes));
    expect(out).toBe(`Removed ${letter?.id}.\n`);
    expect(await day.queuedDeadLetters()).toEqual([]);
    expect((await day.record()).phase.kind).toBe('executing');
  });

  it('has its log lines in order, with their time, those of the signal among them', async () => {
    const { out } = await heard((output) => logs(RUN_ID, {}, output, async () => lookingDesk()), true);
    const { lines } = JSON.parse(out) as { lines: { at: string; message: string; fields: { runId: string } }[] };
    expect(lines.map(({ message }) => message)).toContain('plan made');
    expect(lines.map(({ message }) => message)).toContain('order submission failed');
    expect(lines.every(({ at }) => at.startsWith(DAY))).toBe(true);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort());
    const none = await heard((output) => logs('pair/2019-03-18/daily', {}, output, async () => lookingDesk()));
    expect(none.failure).toMatchObject({ code: 'no-lines', exitCode: 1 });
  });
});

describe('a run that needs no redrive', () => {
  it('has not been begun: its event is sent while the slot is open', async () => {
    const { err, out, failure } = await redriven();
    expect(err).toContain('record       none: nobody has begun to plan it');
    expect(err).toContain('send the event of 2019-03-14 15:35 New York once more; the slot is open until 2019-03-14 15:45 New York');
    expect(failure).toBeUndefined();
    expect(out).toContain('has ended: completed');
    await expectEachOrderOnce();
  });

  it('has not been begun, and its slot has passed', async () => {
    day.goTo(dueAt(DAY) + 11 * 60_000);
    const { failure } = await redriven();
    expect(failure).toMatchObject({ code: 'slot-passed', exitCode: 1, message: expect.stringContaining('nothing was traded') });
    expect(await day.world.runStore.load(RUN_ID)).toBeUndefined();
  });

  it('has ended, and its letter is taken away', async () => {
    await day.rebalance();
    await day.world.deadLetter({ runId: RUN_ID, error: 'BrokerError: it was long ago' });
    const orders = day.orders().length;
    const { out } = await redriven();
    expect(out).toBe('Removed 1 of its dead letters.\n');
    expect(day.orders()).toHaveLength(orders);
    expect((await redriven()).failure).toMatchObject({ code: 'ended', exitCode: 1 });
  });

  it('is unresolved: a person has to look, and the letter stays', async () => {
    await day.signal();
    await day.arm({ kind: 'drop-connection', route: 'POST /v2/orders' });
    expect(await day.drive()).toBe('dead-letter');
    const { failure } = await redriven();
    expect(failure).toMatchObject({ code: 'unresolved', exitCode: 1 });
    expect(await day.queuedDeadLetters()).toHaveLength(1);
    const { out } = await heard((output) => explainLetters({}, output, async () => lookingDesk()));
    expect(out).toContain('The broker never said whether it has an order of this run');
    expect(out).toContain('then       npx evenkeel reconcile pair');
  });

  it('is no run', async () => {
    expect((await redriven('pair/2019-03-14')).failure).toMatchObject({ code: 'usage', exitCode: 2 });
  });
});

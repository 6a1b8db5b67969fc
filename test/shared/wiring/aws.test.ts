// The deployed world with an AWS that is out of reach: every port must get as far as its own call.
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writtenPortfolio } from '../../../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../../../shared/contracts/environment.ts';
import { awsWorld } from '../../../shared/wiring/aws.ts';

const PORTFOLIOS = resolve(import.meta.dirname, '../../../portfolios');
const RUN = 'golden-butterfly/2026-11-30/monthly';
const HASH = 'a'.repeat(64);
const UNREACHABLE = { code: 'connection' };

beforeEach(() => {
  for (const name of Object.values(environmentNames)) vi.stubEnv(name, 'anything');
  vi.stubEnv(environmentNames.portfoliosDir, PORTFOLIOS);
  vi.stubEnv(environmentNames.stateMachineArn, 'arn:aws:states:us-east-1:111111111111:stateMachine:evenkeel');
  vi.stubEnv(environmentNames.topicArn, 'arn:aws:sns:us-east-1:111111111111:alarms');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'of-the-role');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  // The discard port: nobody listens there.
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
});

async function ports() {
  const world = awsWorld(writtenPortfolio);
  const { policy } = await world.portfolios.load('golden-butterfly');
  return world.portsFor(policy, RUN);
}

describe('the deployed world', () => {
  it('loads the store of artifacts when one is read or written', async () => {
    const { artifacts } = await ports();
    await expect(artifacts.get(HASH)).rejects.toMatchObject(UNREACHABLE);
    await expect(artifacts.put(HASH, '{}')).rejects.toThrow(RangeError);
  });

  it('loads the notifier when there is something to say', async () => {
    const { notifier } = await ports();
    const notice = { severity: 'info', code: 'daily-digest', subject: 'a subject', body: 'a body' } as const;
    await expect(notifier.notify(notice)).rejects.toMatchObject(UNREACHABLE);
  });

  it('loads the engine when a run is started', async () => {
    const { engine } = await ports();
    await expect(engine.start(RUN)).rejects.toMatchObject(UNREACHABLE);
  });

  it('has no engine where the environment names no state machine', async () => {
    vi.stubEnv(environmentNames.stateMachineArn, undefined);
    const { engine } = await ports();
    await expect(engine.start(RUN)).rejects.toThrow('this function may not start executions');
  });

  it.each([
    [true, 0],
    [false, 1],
  ])('logs nothing to the output of a command that asks for quiet (%s)', async (isQuiet, lines) => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const world = awsWorld(writtenPortfolio, { isQuiet });
    const { policy } = await world.portfolios.load('golden-butterfly');
    world.portsFor(policy, RUN).telemetry.info('broker exchange');
    const said = written.mock.calls.filter(([text]) => `${text}`.includes('broker exchange')).length;
    written.mockRestore();
    expect(said).toBe(lines);
  });

  it('refuses an environment that is not whole, and names what is missing', () => {
    vi.stubEnv(environmentNames.table, undefined);
    expect(() => awsWorld()).toThrow(environmentNames.table);
  });
});

// evenkeel deploy: everything that is missing is said at once, and nothing happens without a yes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../cli/ask.ts';
import { cost } from '../../cli/cost/cost.ts';
import { type DeployOptions, type DeployParts, deploy } from '../../cli/deploy/deploy.ts';
import { CommandFailure } from '../../cli/failure.ts';
import { portfolioDraft } from '../../cli/init/portfolio-draft.ts';
import { PRESETS } from '../../cli/init/presets.ts';
import type { SecretHealth } from '../../cli/secrets/check-secrets.ts';
import { liveStandings } from '../../shared/contracts/hypothesis/live-clearance.ts';
import { NO_DOCUMENTS } from '../../shared/contracts/hypothesis/live-documents.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { DeployedStack } from '../../shared/ports/cloud-account.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { OpenRun } from '../../shared/workflow/open-runs.ts';
import { heard } from './heard.ts';

const BOOTSTRAPPED: DeployedStack = { status: 'CREATE_COMPLETE', outputs: { BootstrapVersion: '30' } };
const STATE_THERE = { CDKToolkit: BOOTSTRAPPED, 'EvenkeelState-paper': { status: 'UPDATE_COMPLETE', outputs: { TableName: 'table-1' } } };
const OPEN: OpenRun = { portfolio: 'mine', runId: 'mine/2026-11-20/monthly', phase: 'executing', accountNumber: 'PA1' };
const KEYS_OF_PA2: SecretHealth = { secret: 'evenkeel/paper/main', state: 'good', ageDays: 1, detail: 'taken', accountNumber: 'PA2' };
/** Two stacks with a secret each: two times $ 0.40 a month. */
const ONE_SECRET = JSON.stringify({ Resources: { Keys: { Type: 'AWS::SecretsManager::Secret', Properties: {} } } });
const yes: Ask = async () => undefined;
const no: Ask = async () => {
  throw new CommandFailure('declined', 'nothing was done', { exitCode: 1 });
};

function aPolicy(): PortfolioPolicy {
  const [preset] = PRESETS;
  if (preset === undefined) throw new Error('there is no preset');
  const text = portfolioDraft({
    name: 'mine',
    preset,
    account: 'main',
    mode: 'paper',
    number: undefined,
    schedule: 'monthly',
    email: undefined,
  });
  const parsed = parsePortfolioFile(text, 'mine.yaml');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

interface Stated {
  readonly stacks?: Readonly<Record<string, DeployedStack>>;
  readonly parts?: Partial<DeployParts>;
  readonly fails?: OutsideError;
}

function partsOf({ stacks = { CDKToolkit: BOOTSTRAPPED }, parts = {}, fails }: Stated) {
  const done: string[] = [];
  const told: DeployParts = {
    cloud: {
      identity: async () => {
        if (fails !== undefined) throw fails;
        return { account: '111122223333', caller: 'arn:aws:iam::111122223333:user/anna', region: 'eu-central-1' };
      },
      stack: async (name) => stacks[name],
      resources: async () => [],
    },
    cdk: {
      diff: async (stage) => {
        done.push(`diff ${stage}`);
        return '[+] AWS::Lambda::Function Signal';
      },
      deploy: async (stage, onText) => {
        done.push(`deploy ${stage}`);
        onText('creating …');
      },
      synth: async (stage, folder) => {
        for (const stack of [`EvenkeelState-${stage}`, `EvenkeelCompute-${stage}`])
          writeFileSync(join(folder, `${stack}.template.json`), ONE_SECRET);
      },
    },
    sourcesOf: async () => [{ policy: aPolicy() }],
    secretHealth: async () => [{ secret: 'evenkeel/paper/main', state: 'empty', ageDays: null, detail: 'no keys are in it yet' }],
    openRuns: async () => [],
    ...parts,
  };
  return { told, done };
}

async function deployed(stated: Stated = {}, options: DeployOptions = {}, asked: Ask = yes, json = false) {
  const { told, done } = partsOf(stated);
  return { ...(await heard((output) => deploy(options, output, told, asked), json)), done };
}

describe('evenkeel deploy', () => {
  it('looks, compares, asks, deploys, and says what is to be done next', async () => {
    const { out, err, failure, done } = await deployed();
    expect(failure).toBeUndefined();
    expect(done).toEqual(['diff paper', 'deploy paper']);
    expect(err).toContain('account 111122223333, region eu-central-1');
    expect(err).toContain('[+] AWS::Lambda::Function Signal');
    expect(err).toMatch(/The paper deployment costs about \$\d+\.\d\d a month/);
    expect(out).toContain('Next:\n  npx evenkeel secrets set main');
  });

  it('says what real money lacks before it looks at anything else, unless a person lets it', async () => {
    const { account } = aPolicy();
    const live = { ...aPolicy(), account: { ...account, mode: 'live', number: 'LV1' } } as const;
    const standings = liveStandings(live, NO_DOCUMENTS);
    const uncleared = await deployed({ parts: { sourcesOf: async () => [{ policy: live, live: standings }] } }, { stage: 'live' });
    expect(uncleared.failure).toMatchObject({
      code: 'not-ready',
      message: expect.stringMatching(/portfolio files: \S+ may not trade live: sleeve \S+, a policy, needs a policy check/),
    });
    const permitted = { ...live, account: { ...live.account, override: { by: 'anna', reason: 'a first order watched' } } };
    const said = await deployed({ parts: { sourcesOf: async () => [{ policy: permitted, live: standings }] } }, { stage: 'live' });
    expect(String(said.failure)).not.toContain('may not trade live');
  });

  it('prints the variables of the deployment, as one document with --json', async () => {
    const stacks = {
      CDKToolkit: BOOTSTRAPPED,
      'EvenkeelCompute-paper': { status: 'UPDATE_COMPLETE', outputs: { OperatorEnvironment: 'EVENKEEL_TABLE=t' } },
    };
    const { out, err } = await deployed({ stacks }, {}, yes, true);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      stage: 'paper',
      deployed: true,
      environment: 'EVENKEEL_TABLE=t',
      next: ['npx evenkeel secrets set main'],
    });
  });

  it('deploys nothing after a no', async () => {
    const { failure, done } = await deployed({}, {}, no);
    expect(failure).toMatchObject({ code: 'declined' });
    expect(done).toEqual(['diff paper']);
  });

  it.each<[string, Stated, string]>([
    [
      'without AWS credentials',
      { fails: new OutsideError('x', { effect: 'none', code: 'unauthorized' }) },
      'AWS credentials: there are none here, or they have expired\n  aws sso login, or aws configure',
    ],
    [
      'without a region',
      { fails: new OutsideError('x', { effect: 'none', code: 'no-region' }) },
      'AWS region: none is chosen\n  export AWS_REGION=us-east-1',
    ],
    [
      'where the account is not bootstrapped',
      { stacks: {} },
      'account 111122223333 is not bootstrapped in eu-central-1; is it the right region?\n  npx cdk bootstrap aws://111122223333/eu-central-1',
    ],
    [
      'where the bootstrap is too old',
      { stacks: { CDKToolkit: { status: 'CREATE_COMPLETE', outputs: { BootstrapVersion: '4' } } } },
      'version 4 is too old',
    ],
    [
      'where the bootstrap failed',
      { stacks: { CDKToolkit: { status: 'ROLLBACK_FAILED', outputs: {} } } },
      'the stack CDKToolkit is ROLLBACK_FAILED',
    ],
    [
      'without a portfolio',
      { parts: { sourcesOf: async () => [] } },
      'portfolio files: none in portfolios/ has the mode paper\n  npx evenkeel init',
    ],
    [
      'while somebody else deploys',
      { stacks: { CDKToolkit: BOOTSTRAPPED, 'EvenkeelState-paper': { status: 'UPDATE_IN_PROGRESS', outputs: {} } } },
      'EvenkeelState-paper is UPDATE_IN_PROGRESS',
    ],
    [
      'with the keys of the other mode',
      {
        parts: {
          secretHealth: async () => [
            {
              secret: 'evenkeel/paper/main',
              state: 'wrong-mode',
              ageDays: 1,
              detail: 'they are the keys of a live account, and this is the paper deployment',
            },
          ],
        },
      },
      'evenkeel/paper/main: they are the keys of a live account, and this is the paper deployment\n  npx evenkeel secrets set main',
    ],
    [
      'where a portfolio was removed while a run of it is open',
      {
        stacks: STATE_THERE,
        parts: {
          openRuns: async (table) => (table === 'table-1' ? [{ ...OPEN, portfolio: 'gone', runId: 'gone/2026-11-20/monthly' }] : []),
        },
      },
      'gone/2026-11-20/monthly executes, and the file of gone is gone: no turn of it could be made\n  put the file back, or npx evenkeel reconcile gone --close-run',
    ],
    [
      'where the keys are of another account than an open run was planned for',
      { stacks: STATE_THERE, parts: { openRuns: async () => [OPEN], secretHealth: async () => [KEYS_OF_PA2] } },
      `${OPEN.runId} is executing in account PA1, and evenkeel/paper/main holds the keys of PA2: no turn of it could be made\n  put its account.name or its keys back`,
    ],
  ])('deploys nothing %s', async (_, stated, message) => {
    const { failure, done } = await deployed(stated);
    expect(failure).toMatchObject({ code: 'not-ready', exitCode: 1, message: expect.stringContaining(message) });
    expect(done).toEqual([]);
  });

  it.each<[string, Partial<OpenRun>]>([
    ['of the account whose keys are there', { accountNumber: 'PA2' }],
    ['whose account nobody knows', { accountNumber: undefined }],
    ['of a portfolio that was removed, and whose plan only waits', { portfolio: 'gone', phase: 'awaiting-approval' }],
  ])('deploys beside an open run %s', async (_, stated) => {
    const parts = { openRuns: async () => [{ ...OPEN, ...stated }], secretHealth: async () => [KEYS_OF_PA2] };
    expect((await deployed({ stacks: STATE_THERE, parts })).failure).toBeUndefined();
  });

  it('says all that is missing at once', async () => {
    const { failure } = await deployed({ stacks: {}, parts: { sourcesOf: async () => [] } });
    expect(failure).toMatchObject({ message: expect.stringMatching(/npx evenkeel init\n.*not bootstrapped/s) });
  });

  it('refuses a stage that there is not', async () => {
    expect((await deployed({}, { stage: 'prod' })).failure).toMatchObject({ code: 'usage', exitCode: 2 });
  });
});

describe('evenkeel cost', () => {
  it('reckons the templates of a folder, with what is free apart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-cost-'));
    try {
      await partsOf({}).told.cdk.synth('paper', folder);
      const noCdk = () => {
        throw new Error('nothing is to be synthesized');
      };
      const { out } = await heard((output) => cost({ from: folder }, output, noCdk));
      expect(out).toMatch(/secrets +2 {2}secret-month +\$0\.80 {2}\$0\.00 {2}\$0\.80/);
      expect(out).toMatch(/Prices of \d{4}-\d\d-\d\d in us-east-1/);
      const json = JSON.parse((await heard((output) => cost({ from: folder }, output, noCdk), true)).out);
      expect(json).toMatchObject({
        stage: 'paper',
        lines: expect.arrayContaining([expect.objectContaining({ priced: 'secrets', net: 0.8 })]),
      });
      expect(json.gross).toBeCloseTo(json.free + json.net, 9);
      const live = await heard((output) => cost({ from: folder, stage: 'live' }, output, noCdk));
      expect(live.failure).toMatchObject({ code: 'no-template', exitCode: 2 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

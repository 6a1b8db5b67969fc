import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { assertNodeVersion } from '../../bin/node-version.ts';
import { readPortfolioFolder } from '../../bin/portfolio-folder.ts';
import { deploymentOptions } from '../../lib/deployment-options.ts';
import { RefusedDeployment } from '../../lib/refused-deployment.ts';
import { addStacks } from '../../lib/stacks.ts';
import { type DeployedPortfolio, stageOf } from '../../lib/stage.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { encodePublicKeys } from '../../shared/contracts/hypothesis/signing-keys.ts';
import { secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import { aPolicyCheck, liveDocuments, owner, signedCheck } from '../builders/live.ts';
import { anApp, aPolicy, entries, portfolioFile, synthesize } from './fixtures/deployment.ts';

const [once, again] = [synthesize(), synthesize()];

describe('a deployment', () => {
  it('names no account and no region', () => {
    const { state, compute } = addStacks(anApp(), { stage: 'paper', portfolios: [{ policy: aPolicy(), file: portfolioFile }], entries });
    expect([state.stackName, compute.stackName]).toEqual(['EvenkeelState-paper', 'EvenkeelCompute-paper']);
    expect([state.environment, compute.environment]).toEqual([
      'aws://unknown-account/unknown-region',
      'aws://unknown-account/unknown-region',
    ]);
  });

  it('is the same twice', () => {
    expect(once.compute.toJSON()).toEqual(again.compute.toJSON());
    expect(once.state.toJSON()).toEqual(again.state.toJSON());
  });

  it('keeps the state from being deleted while the compute uses it', () => {
    expect(JSON.stringify(once.compute.toJSON())).toContain('"Fn::ImportValue":"EvenkeelState-paper:');
  });

  it('shares nothing between paper and live', () => {
    const override = { by: 'anna', reason: 'a first order, watched by hand' };
    const policy = aPolicy({ account: { name: 'main', mode: 'live', number: '123456789', override } });
    const { state, compute } = addStacks(anApp(), { stage: 'live', portfolios: [{ policy, file: portfolioFile }], entries });
    expect([state.stackName, compute.stackName]).toEqual(['EvenkeelState-live', 'EvenkeelCompute-live']);
    expect(secretPrefixOf('live')).not.toBe(secretPrefixOf('paper'));
  });

  it('creates one secret for each account', () => {
    const portfolios = ['one', 'two'].map((name) => ({ policy: aPolicy({ name, account: { name, mode: 'paper' } }), file: portfolioFile }));
    expect(addStacks(anApp(), { stage: 'paper', portfolios, entries }).state.secretArns).toHaveLength(2);
  });

  it('is refused when two portfolios would spend the cash of one account', () => {
    const portfolios = ['one', 'two'].map((name) => ({ policy: aPolicy({ name }), file: `${name}.yaml` }));
    expect(() => addStacks(anApp(), { stage: 'paper', portfolios, entries })).toThrow(
      new RefusedDeployment('one.yaml and two.yaml both trade account main: give each its own account.name'),
    );
  });

  it('is refused without a portfolio', () => {
    expect(() => addStacks(anApp(), { stage: 'live', portfolios: [], entries })).toThrow(
      new RefusedDeployment('no portfolio file has mode live: there is nothing to deploy'),
    );
  });

  it('is refused with a portfolio of the other stage', () => {
    expect(() => addStacks(anApp(), { stage: 'live', portfolios: [{ policy: aPolicy(), file: 'a.yaml' }], entries })).toThrow(
      new RefusedDeployment('a.yaml has mode paper and cannot be deployed as live'),
    );
  });

  it('is refused when it is live and does not say what it trades', () => {
    const policy = aPolicy({ account: { name: 'main', mode: 'live' } });
    expect(() => addStacks(anApp(), { stage: 'live', portfolios: [{ policy, file: 'a.yaml' }], entries })).toThrow(
      /^a\.yaml is live and has no account\.number/,
    );
  });

  it('is refused when it is live and a sleeve lacks what lets it trade, unless a person lets it', () => {
    const policy = aPolicy({ account: { name: 'main', mode: 'live', number: 'LV1' } });
    const deployed = (portfolio: Omit<DeployedPortfolio, 'file'>) => () =>
      addStacks(anApp(), { stage: 'live', portfolios: [{ ...portfolio, file: portfolioFile }], entries });
    expect(deployed({ policy })).toThrow(/may not trade live: sleeve core, a policy, needs a policy check/);
    expect(deployed({ policy })).toThrow(/what is deployed already goes on by its own documents; npx evenkeel halt golden stops it$/);
    const check = signedCheck(aPolicyCheck(policy));
    expect(deployed({ policy, live: liveDocuments([check], { keys: [] }) })).toThrow(
      /policy-check.json" is refused, since its key is not in verdict-keys.json/,
    );
    expect(deployed({ policy, live: liveDocuments([check], { source: '0'.repeat(64) }) })).toThrow(/of other code/);
    expect(deployed({ policy, live: liveDocuments([check]) })).not.toThrow();
    const overridden = { ...policy, account: { ...policy.account, override: { by: 'anna', reason: 'a test of it' } } };
    expect(deployed({ policy: overridden })).not.toThrow();
    expect(deployed({ policy: overridden, live: liveDocuments([check]) })).toThrow('every sleeve is cleared: take it out');
  });

  it('is refused when the keys of an account would be the webhook', () => {
    const policy = aPolicy({ account: { name: 'webhook', mode: 'paper' } });
    expect(() => addStacks(anApp(), { stage: 'paper', portfolios: [{ policy, file: 'a.yaml' }], entries })).toThrow(
      /^a\.yaml calls its account webhook/,
    );
  });

  it('is refused when two files give their portfolio the same name', () => {
    const portfolios = ['a.yaml', 'b.yaml'].map((file) => ({ policy: aPolicy(), file }));
    expect(() => addStacks(anApp(), { stage: 'paper', portfolios, entries })).toThrow(
      new RefusedDeployment('a.yaml and b.yaml both call their portfolio golden'),
    );
  });
});

describe('the stage', () => {
  it('is paper unless it is said to be live', () => {
    expect([stageOf(undefined), stageOf('paper'), stageOf('live')]).toEqual(['paper', 'paper', 'live']);
  });

  it.each(['Live', 'prod', '', 1, true, null])('is refused when it is %j', (asked) => {
    expect(() => stageOf(asked)).toThrow(RefusedDeployment);
  });
});

describe('the options of a deployment', () => {
  const optionsOf = (context: Readonly<Record<string, unknown>>) => deploymentOptions((name) => context[name]);

  it('are a gate, five dollars and no chat unless something else is said', () => {
    expect(optionsOf({})).toEqual({ codeDeploy: true, budgetUsd: 5, hasWebhook: false });
    expect(optionsOf({ codedeploy: 'off', budget: '20.50' })).toMatchObject({ codeDeploy: false, budgetUsd: 20.5 });
    expect(optionsOf({ codedeploy: 'on', budget: 0 })).toMatchObject({ codeDeploy: true, budgetUsd: 0 });
    expect(optionsOf({ webhook: 'on' }).hasWebhook).toBe(true);
    expect(optionsOf({ webhook: 'off' }).hasWebhook).toBe(false);
    expect(optionsOf({ sweep: 'off' })).not.toHaveProperty('sweep');
    expect(['on', 'arm64', 'x64'].map((sweep) => optionsOf({ sweep }).sweep)).toEqual(['arm64', 'arm64', 'x64']);
  });

  it.each([
    { codedeploy: 'no' },
    { codedeploy: false },
    { webhook: 'yes' },
    { sweep: 'x86' },
    { sweep: true },
    { budget: 'five' },
    { budget: '-1' },
    { budget: null },
    { budget: '1e3' },
  ])('are refused when they are %j', (context) => {
    expect(() => optionsOf(context)).toThrow(RefusedDeployment);
  });
});

describe('the folder of portfolio files', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function aFolder(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(tmpdir(), 'portfolios-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  it('that comes with the product is in order', () => {
    const portfolios = readPortfolioFolder(join(import.meta.dirname, '../../portfolios'));
    expect(portfolios.length).toBeGreaterThanOrEqual(3);
    for (const { policy } of portfolios) expect(policy.account.mode).toBe('paper');
  });

  it('is read whole, so that every problem of every file is told at once', () => {
    const folder = aFolder({ 'a.yaml': 'portfolio: UPPER', 'b.yml': '- a list', 'notes.txt': 'no portfolio' });
    expect(() => readPortfolioFolder(folder)).toThrow(/a\.yaml:1:12 portfolio: "UPPER" — expected .*\n(.*\n)*.*b\.yml:1:1: /);
  });

  it('takes along what is said of a live portfolio, and what might be: a no that cannot be read stops the deployment', () => {
    const sixtyForty = readFileSync(join(import.meta.dirname, '../../portfolios/60-40.yaml'), 'utf8');
    const real = `${sixtyForty.replace(/^account:(?:.*\n(?: .*\n)*)/m, '')}\naccount: { mode: live, number: LV1 }\n`;
    const [paper] = readPortfolioFolder(aFolder({ '60-40.yaml': sixtyForty }));
    if (paper === undefined) throw new Error('no portfolio');
    const code = { version: '0.1.0', source: sourceHash() };
    const check = signedCheck(aPolicyCheck(paper.policy, { code }));
    const ofAnother = signedCheck(aPolicyCheck({ ...paper.policy, name: 'other', cashReserve: 0n }, { code }));
    const files = {
      'real.yaml': real,
      'verdict-keys.json': encodePublicKeys([{ name: 'anna', public: owner.publicKey }]),
      [check.name]: check.text,
      [ofAnother.name]: ofAnother.text,
    };
    const deploy = (beside: Readonly<Record<string, string>>) => {
      const portfolios = readPortfolioFolder(aFolder({ ...files, ...beside }));
      addStacks(anApp(), { stage: 'live', portfolios, entries });
      return portfolios[0]?.live?.files.map(({ name }) => name);
    };
    expect(deploy({})).toEqual([check.name]);
    expect(() => deploy({ 'later.VERDICT.json': `${ofAnother.text} ` })).toThrow(
      /may not trade live: .* that says passed; "later\.VERDICT\.json" is refused, since it is no signed document, or was changed, and may say otherwise/,
    );
  });

  it('may be empty', () => {
    expect(readPortfolioFolder(aFolder({}))).toEqual([]);
  });
});

describe('the version of Node', () => {
  it('is 24 or newer', () => {
    expect(() => assertNodeVersion('24.0.0')).not.toThrow();
    expect(() => assertNodeVersion('26.1.0')).not.toThrow();
  });

  it('is refused in words when it is older', () => {
    expect(() => assertNodeVersion('22.18.0')).toThrow(/needs Node 24 or newer and runs on 22\.18\.0/);
  });
});

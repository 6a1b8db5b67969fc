// How a change reaches real money: the order of the gates, who may do what, and that the commands are there.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

interface Step {
  readonly run?: string;
  readonly uses?: string;
}
interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
const workflow: { readonly permissions: object; readonly jobs: Readonly<Record<string, Job>> } = parse(
  read('.github/workflows/deploy.yml'),
);
const { check, diff, paper, live } = workflow.jobs;
const commands = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run.split('\n')));

describe('the way of a change', () => {
  it('is check, then paper, then live, with a diff for whoever reads the pull request', () => {
    expect([check?.needs, diff?.needs, paper?.needs, live?.needs]).toEqual([undefined, 'check', 'check', 'paper']);
    expect(diff?.if).toContain('head.repo.full_name == github.repository');
  });

  it('leads to real money through an environment of its own, where a person has to say yes', () => {
    expect([paper?.environment, paper?.env, live?.environment, live?.env]).toEqual([
      'paper',
      { STAGE: 'paper' },
      'live',
      { STAGE: 'live' },
    ]);
    expect(live?.if).toBe("vars.LIVE == 'yes'");
  });

  it('is the same for both stages: what goes live is what was tried', () => {
    expect(live?.steps).toEqual(paper?.steps);
    const runs = paper?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs.map((run) => run.split(' ').slice(0, 3).join(' '))).toEqual([
      'npm ci',
      'npx cdk deploy',
      'node_modules/.bin/node scripts/smoke-deployment.ts outputs.json',
    ]);
  });

  it('types only commands that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const called = commands.flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);
    expect(called).toEqual(['check']);
    for (const name of called) expect(scripts).toHaveProperty(name);
    for (const [path] of commands.join('\n').matchAll(/scripts\/[a-z-]+\.ts/g)) expect(existsSync(resolve(root, path)), path).toBe(true);
  });
});

describe('who may do what', () => {
  it('is nothing by itself, and for each job what it needs', () => {
    expect(workflow.permissions).toEqual({});
    expect(check?.permissions).toEqual({ contents: 'read' });
    expect(diff?.permissions).toEqual({ contents: 'read', 'id-token': 'write', 'pull-requests': 'write' });
    expect(paper?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(live?.permissions).toEqual(paper?.permissions);
  });

  it('is not left to whoever moves a tag: actions of others are named by their commit', () => {
    const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    expect(used.length).toBeGreaterThan(5);
    for (const each of used) expect(each).toMatch(/@[0-9a-f]{40}$/);
  });

  it('needs no stored key of AWS', () => {
    expect(read('.github/workflows/deploy.yml')).not.toMatch(/secrets\.|aws-access-key|aws-secret/i);
  });

  it('is, in AWS, to become the roles of the bootstrap and to call the signal of its own stage', () => {
    const roles = read('.github/deploy-roles.yaml');
    const actions = [...roles.matchAll(/^\s+Action: (\S+)$/gm)].map(([, action]) => action);
    expect([...new Set(actions)].sort()).toEqual(['lambda:InvokeFunction', 'sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity']);
    expect(roles).not.toMatch(/Resource: '?\*|ManagedPolicyArns|StringLike/);
    const subjects = [...roles.matchAll(/:sub: !Sub repo:\$\{Repository\}:(\S+)/g)].map(([, subject]) => subject);
    expect(subjects).toEqual(['pull_request', 'environment:paper', 'environment:live']);
  });
});

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandFailure } from '../../cli/failure.ts';
import { chooseWorld } from '../../cli/world/choose-world.ts';
import { worldDocument, worldText } from '../../cli/world/world-text.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-world-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A state that was written at that second. */
function aState(name: string, second: number): void {
  const state = join(folder, '.evenkeel', name);
  mkdirSync(state, { recursive: true });
  const file = join(state, 'exchange.json');
  writeFileSync(file, '{}');
  utimesSync(file, second, second);
}

const choose = (options = {}, variables: NodeJS.ProcessEnv = {}) => chooseWorld(options, variables, folder);

describe('the world of a command that looks', () => {
  it('is the folder that is named, whatever else there is', () => {
    aState('demo-1', 1);
    expect(choose({ state: 'elsewhere' }, { [environmentNames.table]: 'table' })).toEqual({
      kind: 'demo',
      folder: 'elsewhere',
      isNewest: false,
    });
  });

  it('is the deployment when any variable names one, so that a half-set environment is not taken for a demo', () => {
    aState('demo-1', 1);
    for (const name of Object.values(environmentNames)) expect(choose({}, { [name]: 'set' })).toEqual({ kind: 'deployment' });
    expect(choose({}, { [environmentNames.table]: '' })).toMatchObject({ kind: 'demo' });
  });

  it('is else the demo that was written last', () => {
    aState('demo-1', 3);
    aState('demo-2', 5);
    aState('demo-3', 4);
    mkdirSync(join(folder, '.evenkeel', 'no-state'));
    expect(choose()).toEqual({ kind: 'demo', folder: '.evenkeel/demo-2', isNewest: true });
  });

  it('is none where there is nothing, and a file in the place of the folder', () => {
    expect(() => choose()).toThrow(CommandFailure);
    writeFileSync(join(folder, '.evenkeel'), '');
    expect(() => choose()).toThrow('there is nothing to look at');
  });
});

describe('a world in words', () => {
  it('never lets a demo pass for an account', () => {
    const newest = { kind: 'demo', folder: '.evenkeel/demo-1', isNewest: true } as const;
    expect(worldText(newest, undefined)).toBe('Of the demo in .evenkeel/demo-1, the newest here.');
    expect(worldText({ ...newest, isNewest: false }, undefined)).toBe('Of the demo in .evenkeel/demo-1.');
    expect(worldText({ kind: 'deployment' }, 'live')).toBe('Of the live deployment.');
    expect(worldText({ kind: 'deployment' }, undefined)).toBe('Of the deployment.');
    expect(worldDocument(newest, undefined)).toEqual({ kind: 'demo', folder: '.evenkeel/demo-1' });
    expect(worldDocument({ kind: 'deployment' }, undefined)).toEqual({ kind: 'deployment', stage: null });
  });
});

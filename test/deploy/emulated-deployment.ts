// One deployment of the product to the emulator, and the market it trades in: deployed, looked at, destroyed.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { type EmulatedMarket, openEmulatedMarket } from './emulated-market.ts';
import { type Emulator, startEmulator } from './ministack.ts';
import { SETTING_VARIABLE } from './setting-variable.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export class EmulatedDeployment {
  readonly folder: string;
  readonly emulator: Emulator;
  readonly market: EmulatedMarket;

  constructor(folder: string, emulator: Emulator, market: EmulatedMarket) {
    this.folder = folder;
    this.emulator = emulator;
    this.market = market;
  }

  /** What a process needs to work on this deployment. */
  get environment(): Readonly<Record<string, string>> {
    return {
      PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter),
      HOME: this.folder,
      ...this.emulator.environment,
      EVENKEEL_EMULATED_PORTFOLIOS: join(this.folder, 'portfolios'),
      [SETTING_VARIABLE]: this.market.settingFile,
      NO_COLOR: '1',
      CI: 'true',
    };
  }

  /** The CDK over the emulated app. @returns what it printed. @throws Error with that, when it fails. */
  cdk(...words: readonly string[]): string {
    const app = `node ${join(import.meta.dirname, 'emulated-app.ts')}`;
    const program = join(ROOT, 'node_modules/.bin/cdk');
    const stated = ['--app', app, '--output', join(this.folder, 'cdk.out'), '--progress', 'events', ...words];
    return execFileSync(program, stated, { cwd: ROOT, env: this.environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  log(): string {
    return readFileSync(this.emulator.logFile, 'utf8');
  }

  async close(): Promise<void> {
    await this.emulator.stop();
    await this.market.exchange.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Emulator and exchange are up; nothing is deployed yet. @param start of the exchange's time. */
export async function openEmulatedDeployment(start: EpochMs): Promise<EmulatedDeployment> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-deploy-'));
  mkdirSync(join(folder, 'portfolios'));
  cpSync(join(import.meta.dirname, 'portfolio.yaml'), join(folder, 'portfolios/pair.yaml'));
  const market = await openEmulatedMarket(folder, start);
  return new EmulatedDeployment(folder, await startEmulator(folder), market);
}

// One deployment of the product to the emulator, and the market it trades in: deployed, looked at, destroyed.
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brokerUrlName } from '../../shared/contracts/environment.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { type EmulatedMarket, openEmulatedMarket } from './emulated-market.ts';
import { type Emulator, startEmulator } from './ministack.ts';
import { SETTING_VARIABLE } from './setting-variable.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

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

  /**
   * A command as its owner types it, in the folder of his portfolios, with what the deployment told him to set.
   * @param operator `OperatorEnvironment`, as the compute stack prints it.
   */
  evenkeel(operator: string, ...words: readonly string[]): Promise<Spoken> {
    const told = Object.fromEntries(
      operator.split(' ').map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
    );
    const env = {
      ...this.environment,
      ...told,
      [brokerUrlName]: this.market.exchange.url,
      NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'emulated-clock.ts')).href}`,
    };
    return new Promise((resolve, reject) => {
      execFile('node', [join(ROOT, 'bin/evenkeel'), ...words], { cwd: this.folder, env, maxBuffer: 2 ** 24 }, (error, out, err) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
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

// The world of a function that is deployed to the emulator: everything as on AWS, but the broker is the local exchange,
// and the time is that of the session it replays. Both stand in a file, so that a test can let time pass.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deployedPortfolio } from '../../shared/adapters/local/deployed-portfolio.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { type AwsWorld, awsWorld } from '../../shared/wiring/aws.ts';
import { SETTING_VARIABLE } from './setting-variable.ts';

const emulatedSetting = z.strictObject({
  exchangeUrl: z.url(),
  /** Milliseconds from this machine's time to the exchange's. */
  clockOffsetMs: z.int(),
});

let opened: AwsWorld | undefined;

export function emulatedWorld(): AwsWorld {
  const { exchangeUrl } = readSetting();
  // The emulator unpacks a function wherever it likes, not into /var/task.
  process.env[environmentNames.portfoliosDir] = join(import.meta.dirname, 'portfolios');
  opened ??= awsWorld(deployedPortfolio, {
    broker: { trading: { paper: exchangeUrl, live: exchangeUrl }, marketData: exchangeUrl },
    clock: { now: emulatedNow },
  });
  return opened;
}

function emulatedNow(): number {
  return Date.now() + readSetting().clockOffsetMs;
}

function readSetting(): z.infer<typeof emulatedSetting> {
  return emulatedSetting.parse(JSON.parse(readFileSync(process.env[SETTING_VARIABLE] ?? '', 'utf8')));
}

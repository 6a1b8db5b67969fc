// What each deployed function needs: the bundles as they are shipped, in processes of their own, through five sessions of a
// portfolio of two funds, over HTTP against the embedded AWS and the local exchange. The gate is loaded and not called.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { handlerBundle } from '../../lib/bundling.ts';
import type { FunctionName } from '../../lib/function-memory.ts';
import { deployPortfolioFiles } from '../../lib/portfolio-files.ts';
import { startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { encodeNotice } from '../../shared/contracts/encode-notice.ts';
import { environmentNames, gateEnvironmentNames, WEBHOOK_SWITCH } from '../../shared/contracts/environment.ts';
import type { AdvanceResult } from '../../shared/contracts/events.ts';
import { AUDIT_KEY_NAME, auditKeySecretOf, secretPrefixOf, WEBHOOK_SECRET } from '../../shared/contracts/secret-prefix.ts';
import { WATCHDOG_AFTER_CLOSE_MS } from '../../shared/contracts/watchdog-event.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { functionEnvironment } from '../bundled/function-environment.ts';
import { startRemainingAws } from '../bundled/remaining-aws.ts';
import { CREDENTIALS, type EmulatedMarket, openEmulatedMarket } from '../deploy/emulated-market.ts';
import { SETTING_VARIABLE } from '../deploy/setting-variable.ts';
import type { Used } from './billed.ts';
import { ProfiledFunction } from './profiled-function.ts';

const ROOT = join(import.meta.dirname, '../..');
const SESSIONS = sessionsBetween('2019-03-11', '2019-03-15');
const BEFORE_CLOSE_MS = 25 * MINUTE_MS;
const TURNS_MAX = 400;

/** As they are deployed, but the broker and the time are those of the exchange. */
const ENTRIES: Readonly<Record<FunctionName, string>> = {
  signal: `export { handler } from './test/deploy/handlers/signal.ts';`,
  execution: `export { handler } from './test/deploy/handlers/execution.ts';`,
  watchdog: `import { watchdogHandler } from './lambdas/watchdog/watchdog-handler.ts';
    import { awsWatchdog } from './shared/wiring/aws-watchdog.ts';
    import { emulatedWorld } from './test/deploy/emulated-world.ts';
    export const handler = watchdogHandler(() => awsWatchdog(emulatedWorld()));`,
  notify: `export { handler } from './lambdas/notify/handler.ts';`,
  gate: `export { handler } from './lambdas/gate/handler.ts';`,
};

export interface FunctionProfile {
  readonly name: FunctionName;
  readonly calls: number;
  readonly peakMb: number;
  readonly cold: Used;
  readonly warm: Used | undefined;
}

type Functions = Readonly<Record<FunctionName, ProfiledFunction>>;

export async function profileFunctions(): Promise<readonly FunctionProfile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-profile-'));
  const undo: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  try {
    const market = await openEmulatedMarket(folder, dueIn(SESSIONS[0]) - MINUTE_MS);
    undo.unshift(() => market.exchange.close());
    const aws = await startEmbeddedAws();
    undo.unshift(() => aws.close());
    const prefix = secretPrefixOf('paper');
    const remaining = await startRemainingAws(JSON.stringify(CREDENTIALS), {
      [auditKeySecretOf(prefix)]: JSON.stringify({ key: AUDIT_KEY_NAME.repeat(8) }),
      [`${prefix}${WEBHOOK_SECRET}`]: '',
    });
    undo.unshift(() => remaining.close());
    const environment = {
      ...functionEnvironment(aws, remaining),
      [environmentNames.ownerTopicArn]: aws.ownerTopicArn,
      [WEBHOOK_SWITCH]: 'on',
      [SETTING_VARIABLE]: market.settingFile,
      [gateEnvironmentNames.version]: 'arn:aws:lambda:us-east-1:000000000000:function:signal:1',
      [gateEnvironmentNames.portfolios]: 'pair',
    };
    const functions: Partial<Record<FunctionName, ProfiledFunction>> = {};
    for (const [name, contents] of Object.entries(ENTRIES) as [FunctionName, string][]) {
      const started = await ProfiledFunction.start(await bundled(contents, join(folder, name)), environment);
      undo.unshift(() => started.stop());
      functions[name] = started;
    }
    const calls = await liveThrough(market, functions as Functions);
    return (Object.keys(ENTRIES) as FunctionName[]).map((name) => ({
      name,
      calls: calls[name],
      ...(functions as Functions)[name].profile(),
    }));
  } finally {
    for (const step of undo) await step();
  }
}

async function bundled(contents: string, outdir: string): Promise<string> {
  const stdin = { contents, resolveDir: ROOT, loader: 'ts' as const };
  await build({ ...handlerBundle, stdin, entryNames: 'index', outdir, logLevel: 'error' });
  deployPortfolioFiles([{ file: join(ROOT, 'test/deploy/portfolio.yaml') }], outdir);
  return outdir;
}

async function liveThrough(
  market: EmulatedMarket,
  { signal, execution, watchdog, notify }: Functions,
): Promise<Record<FunctionName, number>> {
  const calls = { signal: 0, execution: 0, watchdog: 0, notify: 0, gate: 0 };
  for (const session of SESSIONS) {
    market.goTo(dueIn(session));
    const runId = `pair/${session.date}/daily`;
    await signal.call({ portfolio: 'pair', schedule: 'daily', scheduledTime: new Date(dueIn(session)).toISOString() });
    calls.signal += 1;
    for (let isDone = false; !isDone && calls.execution < TURNS_MAX; ) {
      const { done, waitSeconds } = (await execution.call({ runId })) as AdvanceResult;
      calls.execution += 1;
      isDone = done;
      market.pass(waitSeconds * SECOND_MS);
    }
    const watchedAt = session.close + WATCHDOG_AFTER_CLOSE_MS;
    market.goTo(watchedAt);
    await watchdog.call({ kind: 'watchdog', scheduledTime: new Date(watchedAt).toISOString() });
    calls.watchdog += 1;
    await notify.call(noticeOf(runId));
    calls.notify += 1;
  }
  return calls;
}

function noticeOf(runId: string) {
  const [portfolio = ''] = runId.split('/');
  const notice = { severity: 'ticket', code: 'residuals', subject: `${runId} left residuals`, body: 'SPY', portfolio, runId } as const;
  return { Records: [{ Sns: { MessageId: runId, Subject: 'residuals', Message: encodeNotice(notice) } }] };
}

function dueIn(session: Session | undefined): number {
  if (session === undefined) throw new RangeError('there is no such session');
  return session.close - BEFORE_CLOSE_MS;
}

// Measures what a policy needs before it may trade live, signs that, and says it. Only paper runs of a deployment are signed for: a
// demo lives through past prices, with a broker that we wrote.
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import description from '../../package.json' with { type: 'json' };
import { priceTable } from '../../research/backtest/price-table.ts';
import { subjectOfPolicy } from '../../research/backtest/subject.ts';
import { type MeasuredPolicy, measurePolicy } from '../../research/policy/measure-policy.ts';
import type { RunRecords } from '../../research/policy/paper-runs.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { POLICY_CHECK_END } from '../../shared/contracts/hypothesis/document-names.ts';
import { POLICY_CHECK, type PolicyCheck } from '../../shared/contracts/hypothesis/policy-check.ts';
import { signDocument } from '../../shared/contracts/hypothesis/signed-document.ts';
import { jsonOf } from '../../shared/contracts/json-of.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import { failedResult } from '../failed-result.ts';
import { CommandFailure } from '../failure.ts';
import { publicKeysFileOf } from '../hypothesis/hypothesis-files.ts';
import { readSigningKey } from '../hypothesis/verdict-keys.ts';
import { writeNewFile } from '../new-file.ts';
import { byOption, dateOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { readSubject } from '../signal/subject.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { brokerUrl } from '../world/loopback-broker.ts';
import { openRecordDesk, type RecordDesk } from '../world/record-desk.ts';
import { policyCheckText } from './policy-check-text.ts';

export interface AskedPolicyCheck extends WorldOptions {
  readonly prices: readonly string[];
  readonly by: string;
  readonly since?: string;
  readonly key?: string;
  readonly keys?: string;
  readonly out?: string;
}

type CheckDesk = Pick<RecordDesk, 'world' | 'worldText' | 'clock' | 'close'> & RunRecords;
type OpenDesk = (options: WorldOptions) => Promise<CheckDesk>;

/**
 * @throws CommandFailure: exit 2 for files, keys and worlds that cannot be used, exit 1 where it is measured and did not pass, or
 * was not signed.
 */
export async function checkPolicy(file: string, asked: AskedPolicyCheck, output: Output, open: OpenDesk = openRecordDesk): Promise<void> {
  const by = byOption(asked.by);
  const since = dateOption('--since', asked.since);
  const read = await readSubject(file);
  if (read.kind !== 'portfolio')
    throw new CommandFailure('bad-portfolio', `${file} is a strategy: a policy check is of a portfolio`, { exitCode: 2 });
  const out = asked.out ?? `${file.replace(/\.ya?ml$/, '')}${POLICY_CHECK_END}`;
  refuseOther(out);
  const desk = await open(asked);
  try {
    const unsigned = whyUnsigned(desk.world);
    const pem = unsigned === undefined ? readSigningKey(asked.key, publicKeysFileOf(file, asked.keys)) : undefined;
    const now = desk.clock.now();
    const measured = await measurePolicy(read.policy, pricesOf(read.policy, asked.prices), desk, {
      now,
      ...(since === undefined ? {} : { since }),
    });
    const text = `${desk.worldText}\n\n${policyCheckText(measured, output.colors)}`;
    const document = documentOf(measured, { at: now, by });
    if (pem === undefined) {
      const failure = new CommandFailure('not-signed', `measured and not signed: ${unsigned}`, { exitCode: 1 });
      throw failedResult(failure, { world: desk.world, file: null, document }, `${text}\n\nnot signed: ${unsigned}`, output);
    }
    const signed = signDocument(POLICY_CHECK, document, pem);
    // The newest counts: one that failed takes the place of one that passed.
    const written = await writeNewFile(out, signed, { replace: true });
    if (written.kind === 'refused') throw new CommandFailure('bad-output', `${out}: ${written.reason}`, { exitCode: 2 });
    const [answer, said] = [{ world: desk.world, file: out, ...JSON.parse(signed) }, `${text}\n\nsigned: ${out}`];
    if (measured.outcome === 'failed')
      throw failedResult(new CommandFailure('not-passed', failedText(measured), { exitCode: 1 }), answer, said, output);
    output.result(answer, said);
  } finally {
    await desk.close();
  }
}

/** undefined where it may be signed. @throws CommandFailure, exit 2, for a deployment that has no paper runs. */
function whyUnsigned(world: CheckDesk['world']): string | undefined {
  if (world.kind === 'demo') return 'a demo trades past prices with a broker of ours, which shows nothing of real ones';
  if (world.stage !== 'paper')
    throw new CommandFailure('not-paper', `a policy is checked on the paper deployment, and this is ${world.stage ?? 'none of ours'}`, {
      exitCode: 2,
    });
  return brokerUrl() === undefined ? undefined : 'the broker of this deployment is on this machine, which shows nothing of the real one';
}

function documentOf({ assumedBps: _, notCosted: __, ...measured }: MeasuredPolicy, judged: PolicyCheck['judged']): PolicyCheck {
  return {
    format: 'evenkeel-policy-check-1',
    ...measured,
    runs: [...measured.runs],
    checks: [...measured.checks],
    code: { version: description.version, source: sourceHash() },
    judged,
  };
}

function failedText({ portfolio, checks }: MeasuredPolicy): string {
  const failed = checks.filter(({ holds }) => !holds).map(({ code }) => code);
  return `${portfolio} did not pass: ${failed.join(', ')}`;
}

/** A file that is no policy check is somebody's. @throws CommandFailure, exit 2 */
function refuseOther(out: string): void {
  if (!existsSync(out)) return;
  const found = z.looseObject({ document: z.looseObject({ format: z.literal('evenkeel-policy-check-1') }) });
  if (!found.safeParse(jsonOf(readFileSync(out, 'utf8'))).success)
    throw new CommandFailure('bad-output', `${out} is no policy check, and is left as it is`, { exitCode: 2 });
}

function pricesOf(policy: PortfolioPolicy, folders: readonly string[]) {
  const symbols = new Set(policy.sleeves.flatMap(({ strategy }) => [...symbolsOf(strategy), ...watchedSymbols(strategy)]));
  return priceTable(readPrices(folders, [...symbols]), subjectOfPolicy(policy).calendar);
}

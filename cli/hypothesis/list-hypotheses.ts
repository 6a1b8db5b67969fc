// Every hypothesis of a folder, and where it stands by the ledger and its verdict.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimFamily, seenElsewhere } from '../../research/hypothesis/claim-family.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { parseHypothesisFile } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import { readSigned, type SignedReading } from '../../shared/contracts/hypothesis/signed-document.ts';
import { VERDICT, type VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { TrialEntry } from '../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { failedResult } from '../failed-result.ts';
import { CommandFailure } from '../failure.ts';
import { DEPLOYED_LEDGER } from '../ledger-option.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { openTrialLedger } from '../trial-ledger.ts';
import { ledgerPlaceOf, publicKeysFileOf, readUnpriced, verdictFileOf } from './hypothesis-files.ts';
import { readPublicKeys } from './verdict-keys.ts';

export interface ListOptions {
  readonly ledger?: string;
  readonly stage?: string;
  readonly keys?: string;
}

/** By its verdict where there is one, else by the ledger. */
type Standing =
  | { readonly code: 'unregistered' | 'registered' | 'tried' | 'holdout-opened' | VerdictDocument['verdict'] }
  /** Of its file. */
  | { readonly code: 'bad-hypothesis'; readonly problems: number }
  /** `detail`: why its verdict is not taken. */
  | { readonly code: 'verdict-refused'; readonly detail: RefusedSignature | 'other-hypothesis' | 'other-ledger' };
type RefusedSignature = Extract<SignedReading<VerdictDocument>, { kind: 'refused' }>['code'];

interface Listed {
  readonly file: string;
  readonly hypothesis: string;
  readonly claim: string;
  /** Under all names of the same search. */
  readonly tried: number;
  readonly trials: number;
  readonly standing: Standing;
  /** The other name under which dates of its holdout were seen before its own was opened: it cannot be judged. */
  readonly seenAs?: string;
  /** Whether file and strategy file are what was registered; left out of what was not registered. */
  readonly isAsRegistered?: boolean;
  /** Of the verdict where it is taken: whether it speaks of the code that runs now, and who renewed it. */
  readonly verdict?: { readonly isOfThisCode: boolean; readonly renewed: VerdictDocument['renewed'] | null };
}

/** What a verdict is held against: keys that may sign it, all entries of the ledger, the code that runs now. */
interface Known {
  readonly keys: readonly string[];
  readonly all: readonly TrialEntry[];
  readonly source: ContentHash;
}

/** @throws CommandFailure: exit 2 for a folder that cannot be read, or keys that are none; exit 1 where a verdict is refused. */
export async function listHypotheses(folder: string, options: ListOptions, output: Output): Promise<void> {
  const files = namesIn(folder).filter((name) => /\.ya?ml$/.test(name));
  const listed: Listed[] = [];
  const place = ledgerPlaceOf(join(folder, 'any'), options.ledger);
  // Opened, a file would be made.
  const isThere = place === DEPLOYED_LEDGER || existsSync(place);
  const all = isThere ? await (await openTrialLedger(place, options.stage)).entries() : [];
  const known: Known = { keys: readPublicKeys(publicKeysFileOf(join(folder, 'any'), options.keys)), all, source: sourceHash() };
  for (const name of files.sort()) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    // A folder holds strategies too.
    if (!/^hypothesis[ \t]*:/m.test(text)) continue;
    const parsed = parseHypothesisFile(text, file);
    if (parsed.kind === 'refused') {
      const standing = { code: 'bad-hypothesis', problems: parsed.problems.length } as const;
      listed.push({ file, hypothesis: name, claim: '', tried: 0, trials: 0, standing });
      continue;
    }
    const { hypothesis, claim, trials, holdout } = parsed.hypothesis;
    const entries = all.filter(({ fact }) => fact.kind !== 'tail-cut' && fact.hypothesis === hypothesis);
    const standing = verdictOf(file, hypothesis, known) ?? { standing: standingOf(entries) };
    const registered = await asRegistered(file, entries);
    // By what was tried under its name; the file may no longer be one that can be read as a claim.
    const family = claimFamily({ hypothesis: { hypothesis }, variants: [] }, all);
    const isOpened = entries.some(({ fact }) => fact.kind === 'holdout-opened');
    const seen = isOpened ? undefined : seenElsewhere(holdout, family)?.hypothesis;
    const seenAs = seen === undefined ? {} : { seenAs: seen };
    listed.push({ file, hypothesis, claim, tried: countOfTrials(family.entries).variants, trials, ...standing, ...seenAs, ...registered });
  }
  const rows = listed.map((each) => [each.hypothesis, standingText(each), `${each.tried} of ${each.trials}`, each.claim]);
  const { colors } = output;
  const document = { folder, hypotheses: listed };
  const text =
    listed.length === 0
      ? `no hypothesis in ${folder}`
      : textTable(['hypothesis', 'standing', 'tried', 'claim'], rows, { left: [0, 1, 3], header: colors.dim });
  const refused = listed.filter(({ standing }) => standing.code === 'verdict-refused').map(({ hypothesis }) => hypothesis);
  if (refused.length > 0) {
    const failure = new CommandFailure('verdict-refused', `the verdict is refused of ${refused.join(', ')}`, { exitCode: 1 });
    throw failedResult(failure, document, text, output);
  }
  output.result(document, text);
}

/** Files that can no longer be read as a claim are not what was registered either. */
async function asRegistered(file: string, entries: readonly TrialEntry[]): Promise<Pick<Listed, 'isAsRegistered'>> {
  const registered = entries.map(({ fact }) => fact).find((fact) => fact.kind === 'registered');
  if (registered === undefined) return {};
  try {
    return { isAsRegistered: (await readUnpriced(file)).registration === registered.document };
  } catch (error) {
    if (error instanceof CommandFailure) return { isAsRegistered: false };
    throw error;
  }
}

function verdictOf(file: string, hypothesis: string, { keys, all, source }: Known): Pick<Listed, 'standing' | 'verdict'> | undefined {
  const verdictFile = verdictFileOf(file);
  if (!existsSync(verdictFile)) return undefined;
  const read = readSigned(VERDICT, readFileSync(verdictFile, 'utf8'), keys);
  if (read.kind === 'refused') return { standing: { code: 'verdict-refused', detail: read.code } };
  const { document } = read;
  if (document.hypothesis !== hypothesis) return { standing: { code: 'verdict-refused', detail: 'other-hypothesis' } };
  // A ledger that was cut off no longer has the entry that the verdict names.
  const { entries, head } = document.ledger;
  if (all[entries - 1]?.hash !== head) return { standing: { code: 'verdict-refused', detail: 'other-ledger' } };
  return {
    standing: { code: document.verdict },
    verdict: { isOfThisCode: document.code.source === source, renewed: document.renewed ?? null },
  };
}

function standingText({ standing, verdict, seenAs, isAsRegistered }: Listed): string {
  const by = verdict?.renewed ? `, renewed by ${verdict.renewed.by}` : '';
  const code = verdict?.isOfThisCode === false ? ', of other code' : '';
  const seen = seenAs === undefined ? '' : `, its holdout seen as ${seenAs}`;
  return `${wordsOf(standing)}${by}${code}${seen}${isAsRegistered === false ? ', changed since it was registered' : ''}`;
}

function wordsOf(standing: Standing): string {
  if (standing.code === 'verdict-refused') return `verdict refused: ${standing.detail}`;
  if (standing.code === 'bad-hypothesis') return `refused: ${standing.problems === 1 ? '1 problem' : `${standing.problems} problems`}`;
  return standing.code;
}

function standingOf(entries: readonly TrialEntry[]): Standing {
  const kinds = new Set(entries.map(({ fact }) => fact.kind));
  if (kinds.has('holdout-opened')) return { code: 'holdout-opened' };
  if (kinds.has('trial')) return { code: 'tried' };
  return { code: kinds.has('registered') ? 'registered' : 'unregistered' };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  ENOTDIR: 'a file is there; expected a folder',
  EACCES: 'no permission',
};

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
    if (code === undefined) throw cause;
    throw new CommandFailure('bad-folder', `${folder} cannot be read: ${REASONS[code] ?? code}`, { exitCode: 2, cause });
  }
}

// Signs a verdict anew for the code that runs now, where that decides as the code did that judged. What was judged stays as it was.
import { existsSync } from 'node:fs';
import description from '../../package.json' with { type: 'json' };
import { refuseRenewal } from '../../research/hypothesis/refuse-renewal.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { VERDICT_END } from '../../shared/contracts/hypothesis/document-names.ts';
import { readSigned, signDocument } from '../../shared/contracts/hypothesis/signed-document.ts';
import { VERDICT, type VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';
import { byOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { openTrialLedger } from '../trial-ledger.ts';
import { ledgerPlaceOf, publicKeysFileOf, readClaim, readVerdictText, verdictFileOf } from './hypothesis-files.ts';
import type { JudgeOptions } from './judge-hypothesis.ts';
import { readPublicKeys, readSigningKey } from './verdict-keys.ts';

/**
 * @param asked the hypothesis, or its verdict.
 * @throws CommandFailure: exit 2 for files that cannot be used, exit 1 where it may not be renewed.
 */
export async function renewVerdict(asked: string, options: JudgeOptions, output: Output): Promise<void> {
  const by = byOption(options.by);
  const file = hypothesisFileOf(asked);
  const keysFile = publicKeysFileOf(file, options.keys);
  const privatePem = readSigningKey(options.key, keysFile);
  const verdictFile = verdictFileOf(file);
  const { text, document } = await readVerdict(verdictFile, readPublicKeys(keysFile));
  const claim = await readClaim(file, options.prices);
  const ledger = await openTrialLedger(ledgerPlaceOf(file, options.ledger), options.stage);
  const refusal = refuseRenewal(claim, document, await ledger.entries());
  if (refusal !== undefined) throw new CommandFailure(refusal.code, `${verdictFile}: ${refusal.detail}`, { exitCode: 1 });

  const source = sourceHash();
  const said = { file: verdictFile, hypothesis: document.hypothesis, verdict: document.verdict };
  if (document.code.source === source)
    return output.result(
      { ...said, renewed: null },
      `${verdictFile} is of this code already, which decides as it says; nothing is changed`,
    );
  const renewed = { at: Date.now(), by, document: contentHash(text) };
  const signed = signDocument(VERDICT, { ...document, code: { version: description.version, source }, renewed }, privatePem);
  const before = keptFileOf(verdictFile, renewed.document);
  await write(before, text);
  await write(verdictFile, signed);
  output.result(
    { ...said, before, ...JSON.parse(signed) },
    [
      `${document.hypothesis}: ${document.verdict}, of this code too: it decides as the code did that judged`,
      `signed: ${verdictFile}`,
      `as it was before: ${before}`,
    ].join('\n'),
  );
}

function hypothesisFileOf(asked: string): string {
  if (!asked.endsWith(VERDICT_END)) return asked;
  const name = asked.slice(0, -VERDICT_END.length);
  return existsSync(`${name}.yml`) && !existsSync(`${name}.yaml`) ? `${name}.yml` : `${name}.yaml`;
}

/** No name under which a live run looks for a verdict: that which it names in `renewed` is kept, and counts no more. */
function keptFileOf(verdictFile: string, hash: string): string {
  return `${verdictFile.slice(0, -'.json'.length)}-${hash.slice(0, 12)}.json`;
}

async function readVerdict(file: string, keys: readonly string[]): Promise<{ readonly text: string; readonly document: VerdictDocument }> {
  const read = await readVerdictText(file);
  if (read.kind === 'refused') throw new CommandFailure('bad-verdict', `${file} is refused`, { exitCode: 2, problems: [read.problem] });
  const found = readSigned(VERDICT, read.text, keys);
  if (found.kind === 'signed') return { text: read.text, document: found.document };
  throw new CommandFailure('bad-verdict', `${file} is no verdict that counts: ${found.code}`, { exitCode: 2 });
}

async function write(file: string, text: string): Promise<void> {
  const written = await writeNewFile(file, text, { replace: true });
  if (written.kind === 'refused') throw new CommandFailure('bad-output', `${file}: ${written.reason}`, { exitCode: 2 });
}

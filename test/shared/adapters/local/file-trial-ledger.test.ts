// The trial ledger in a file: as any ledger, and what files, crashes and people do to it.
import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileTrialLedger } from '../../../../shared/adapters/local/file-trial-ledger.ts';
import { BrokenLedger } from '../../../../shared/ports/trial-ledger.ts';
import { aHoldoutOpening, aRegistration, aTrial } from '../../../builders/trials.ts';
import { trialLedgerContract } from '../../../contract/trial-ledger-contract.ts';

let folder = '';
let files = 0;
const aFile = (): string => {
  files += 1;
  return join(folder, String(files), 'trials.jsonl');
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-trials-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withTrials(count: number): Promise<{ readonly file: string; readonly ledger: FileTrialLedger }> {
  const file = aFile();
  const ledger = new FileTrialLedger(file);
  await ledger.append([aRegistration(), ...Array.from({ length: count }, () => aTrial())], 1_000);
  return { file, ledger };
}
const opened = async (file: string): Promise<string> => (await new FileTrialLedger(file).append([aHoldoutOpening()], 9_000)).kind;

trialLedgerContract('a file', () => new FileTrialLedger(aFile()));

describe('a trial ledger in a file', () => {
  it('goes on where another process or an earlier one stopped', async () => {
    const { file, ledger } = await withTrials(1);
    const other = new FileTrialLedger(file);
    await other.append([aTrial()], 2_000);
    await ledger.append([aTrial()], 3_000);
    expect((await other.entries()).map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    expect(await new FileTrialLedger(file).entries('momentum')).toEqual(await ledger.entries());
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(4);
  });

  const mayAll = process.getuid?.() === 0;
  it.skipIf(mayAll)(
    `is read by who may not write, and says why it takes nothing${mayAll ? ' (skipped for root, who may)' : ''}`,
    async () => {
      const { file } = await withTrials(1);
      chmodSync(file, 0o400);
      chmodSync(dirname(file), 0o500);
      const ledger = new FileTrialLedger(file);
      expect(await ledger.entries()).toHaveLength(2);
      await expect(ledger.append([aTrial()], 2_000)).rejects.toThrow(`${file} could not be used: no permission to write there`);
      chmodSync(dirname(file), 0o700);
    },
  );

  it('says why it cannot be used', async () => {
    const file = aFile();
    const ledger = new FileTrialLedger(join((await withTrials(1)).file, 'trials.jsonl'));
    await expect(ledger.append([aTrial()], 2_000)).rejects.toThrow('could not be used: a file is there; expected a folder');
    await expect(new FileTrialLedger(dirname(file).replace(/[^/]+$/, '')).entries()).rejects.toThrow(/could not be used: \S/);
  });

  it('opens the holdout for one of two processes', async () => {
    const { file } = await withTrials(1);
    const program = fileURLToPath(new URL('open-holdout-once.ts', import.meta.url));
    const at = String(Date.now() + 1_500);
    const answers = await Promise.all(
      ['anna', 'bert'].map(
        (by) =>
          new Promise<string>((resolve, reject) => {
            const child = spawn(process.execPath, [program, file, by, at], { stdio: ['ignore', 'pipe', 'inherit'] });
            let text = '';
            child.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
            child.on('error', reject);
            child.on('close', () => resolve(text));
          }),
      ),
    );
    expect(answers.sort()).toEqual(['appended', 'refused']);
    const openings = (await new FileTrialLedger(file).entries()).filter(({ fact }) => fact.kind === 'holdout-opened');
    expect(openings).toHaveLength(1);
  });

  it('cuts off what a crash left half written, keeps that it was there, and forgets nothing that was acknowledged', async () => {
    const { file } = await withTrials(2);
    const whole = readFileSync(file, 'utf8');
    const probe = new FileTrialLedger(file);
    await probe.append([aHoldoutOpening()], 2_000);
    const line = readFileSync(file, 'utf8').slice(whole.length);
    for (const length of [1, 40, line.length - 1]) {
      writeFileSync(file, whole + line.slice(0, length));
      const after = new FileTrialLedger(file);
      // A half-written opening opened nothing: nobody was told that it succeeded.
      expect(await after.entries()).toHaveLength(3);
      expect(await opened(file)).toBe('appended');
      expect((await after.entries()).slice(3).map(({ fact }) => fact)).toMatchObject([
        { kind: 'tail-cut', bytes: length },
        { kind: 'holdout-opened' },
      ]);
      expect(await opened(file)).toBe('refused');
    }
  });

  it('is broken by any changed byte', async () => {
    const { file } = await withTrials(2);
    const bytes = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const changed = Buffer.from(bytes);
        changed[place] = (bytes[place] as number) ^ flip;
        writeFileSync(file, changed);
        const ledger = new FileTrialLedger(file);
        // The end of the last line is the one byte whose loss looks like a crash: then its entry is not there any more.
        if (place === bytes.length - 1) expect(await ledger.entries()).toHaveLength(2);
        else await expect(ledger.append([aTrial()], 2_000)).rejects.toThrow(BrokenLedger);
      }),
      { numRuns: 40 },
    );
  });

  it('is broken by a line that is gone from the middle, or put in from another ledger', async () => {
    const { file } = await withTrials(2);
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.toSpliced(1, 1).join('\n'));
    await expect(new FileTrialLedger(file).entries()).rejects.toThrow(BrokenLedger);
    writeFileSync(file, lines.join('\n'));
    const { file: other } = await withTrials(4);
    appendFileSync(file, `${readFileSync(other, 'utf8').split('\n')[3]}\n`);
    // The same trial of another ledger follows there as well: the chain is the same up to it.
    expect(await new FileTrialLedger(file).entries()).toHaveLength(4);
    appendFileSync(file, `${readFileSync(other, 'utf8').split('\n')[3]}\n`);
    await expect(new FileTrialLedger(file).entries()).rejects.toThrow(BrokenLedger);
  });

  it('notices that it became shorter while it looked', async () => {
    const { file, ledger } = await withTrials(2);
    truncateSync(file, 10);
    await expect(ledger.entries()).rejects.toThrow(BrokenLedger);
  });

  it('says that nothing happened where it cannot get at the file', async () => {
    const { file } = await withTrials(0);
    const holder = new DatabaseSync(`${file}.lock`);
    holder.exec('BEGIN EXCLUSIVE');
    await expect(new FileTrialLedger(file, 50).append([aTrial()], 2_000)).rejects.toMatchObject({ name: 'StoreError', effect: 'none' });
    holder.close();
    await expect(new FileTrialLedger(join(file, 'beneath')).entries()).rejects.toMatchObject({ name: 'StoreError', effect: 'none' });
    expect(await opened(file)).toBe('appended');
  });
});

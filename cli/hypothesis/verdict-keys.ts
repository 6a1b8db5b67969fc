// The keys of verdicts: the private one in a file that only its owner reads, the public ones in a file that is committed.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../shared/adapters/local/make-folder.ts';
import {
  decodePublicKeys,
  encodePublicKeys,
  type NamedKey,
  newSigningKey,
  publicKeyOf,
} from '../../shared/contracts/hypothesis/signing-keys.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { privateKeyFile } from './hypothesis-files.ts';

/** Makes the private key where there is none, and adds its public key to the file. */
export function makeVerdictKeys({ key: asked, public: file, name }: MakeKeysOptions, output: Output): void {
  const key = privateKeyFile(asked);
  const isNew = makePrivateKey(key);
  const publicKey = publicKeyOf(readPrivateKey(key));
  const known = readKeyFile(file);
  if (!known.some((each) => each.public === publicKey))
    fileWork(file, () => writeFileSync(file, encodePublicKeys([...known, { name, public: publicKey }])));
  output.result(
    { privateKey: key, made: isNew, publicKeys: file, public: publicKey },
    [
      `${isNew ? 'made' : 'kept'} the private key ${key}: whoever has it can say SCALE, so it stays there`,
      `its public key ${publicKey} is in ${file}: commit it`,
    ].join('\n'),
  );
}

export interface MakeKeysOptions {
  readonly key?: string;
  readonly public: string;
  readonly name: string;
}

/** @throws CommandFailure, exit 2, for a key that is missing, is none, or that others may read. */
function readPrivateKey(file: string): string {
  return fileWork(file, () => {
    if ((statSync(file).mode & 0o077) !== 0)
      throw new CommandFailure('open-key', `others may read ${file}: chmod 600 it, or make a new one`, { exitCode: 2 });
    const pem = readFileSync(file, 'utf8');
    try {
      publicKeyOf(pem);
    } catch (cause) {
      throw new CommandFailure('bad-key', `${file} holds no Ed25519 key`, { exitCode: 2, cause });
    }
    return pem;
  });
}

/**
 * The private key, once it is sure that its signature will count: what follows may be done only once, or take long.
 * @throws CommandFailure, exit 2, also for a key that is not among the public ones.
 */
export function readSigningKey(asked: string | undefined, publicKeysFile: string): string {
  const pem = readPrivateKey(privateKeyFile(asked));
  if (readPublicKeys(publicKeysFile).includes(publicKeyOf(pem))) return pem;
  throw new CommandFailure(
    'unknown-key',
    `the key is not in ${publicKeysFile}, so nobody would take what it signs: evenkeel hypothesis keys adds it`,
    { exitCode: 2 },
  );
}

/** The keys whose verdicts count; none where there is no file. @throws CommandFailure, exit 2 */
export function readPublicKeys(file: string): readonly string[] {
  return readKeyFile(file).map((each) => each.public);
}

function readKeyFile(file: string): readonly NamedKey[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unreadable(file, error);
  }
  const keys = decodePublicKeys(text);
  if (keys !== undefined) return keys;
  throw new CommandFailure('bad-keys', `${file} is no file of public keys, {"keys": [{"name": …, "public": …}]}`, { exitCode: 2 });
}

/** Whether there was none. */
function makePrivateKey(file: string): boolean {
  return fileWork(file, () => {
    makeFolder(dirname(file), 0o700);
    try {
      writeFileSync(file, newSigningKey().privatePem, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

function fileWork<Answer>(file: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof CommandFailure || codeOf(error) === undefined) throw error;
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): CommandFailure {
  const hint = codeOf(error) === 'ENOENT' ? ': evenkeel hypothesis keys makes one' : '';
  return new CommandFailure('bad-key', `${file} cannot be used (${codeOf(error)})${hint}`, { exitCode: 2, cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

// The user's own keys, by the names that the broker's tools give them. They are read, handed on, and never shown.
import type { BrokerCredentials } from '../../shared/ports/secrets.ts';
import { CommandFailure } from '../failure.ts';

const KEY_ID = 'APCA_API_KEY_ID';
const SECRET_KEY = 'APCA_API_SECRET_KEY';
export const KEY_NAMES = `${KEY_ID} and ${SECRET_KEY}`;

/** What can stand in a header; a blank or a line end was copied along. */
const KEY_TEXT = /^[\x21-\x7e]+$/;

/** @throws CommandFailure, exit 2, that names the variables and never what is in them. */
export function alpacaKeys(environment: Readonly<Record<string, string | undefined>>): BrokerCredentials {
  const [keyId, secretKey] = [environment[KEY_ID] ?? '', environment[SECRET_KEY] ?? ''];
  if (keyId === '' || secretKey === '')
    throw bad(`signal asks Alpaca with the keys in ${KEY_NAMES}, and ${missing(keyId, secretKey)}; with --prices <folder> it needs none`);
  for (const [name, text] of [[KEY_ID, keyId] as const, [SECRET_KEY, secretKey] as const])
    if (!KEY_TEXT.test(text)) throw bad(`${name} holds a blank or another character that no key has`);
  return { keyId, secretKey };
}

function missing(keyId: string, secretKey: string): string {
  if (keyId === '' && secretKey === '') return 'neither is set';
  return `${keyId === '' ? KEY_ID : SECRET_KEY} is not set`;
}

function bad(message: string): CommandFailure {
  return new CommandFailure('usage', message, { exitCode: 2 });
}

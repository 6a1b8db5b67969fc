// Secrets as they come in: typed without being shown, or through standard input. Never as an argument, which every
// process of the machine can read and the shell keeps.
import { text as textOf } from 'node:stream/consumers';
import { BROKER_KEYS_MUST_HOLD, brokerKeys } from '../../shared/contracts/broker-keys.ts';
import { jsonOf } from '../../shared/contracts/json-of.ts';
import { WEBHOOK_FORMATS, type WebhookTarget, webhookTarget } from '../../shared/contracts/webhook-target.ts';
import type { BrokerCredentials } from '../../shared/ports/secrets.ts';
import { CommandFailure } from '../failure.ts';

export interface SecretInput {
  /** A person is at the keyboard; else all of standard input is the secret. */
  readonly isPerson: boolean;
  /** What was typed, without showing it. */
  hidden(question: string): Promise<string>;
  /** One of these. */
  choice(question: string, choices: readonly string[]): Promise<string>;
  whole(): Promise<string>;
}

export const processInput: SecretInput = {
  isPerson: process.stdin.isTTY === true && process.stdout.isTTY === true,
  hidden: async (message) => {
    const { password } = await import('@clack/prompts');
    return answered(await password({ message }));
  },
  choice: async (message, choices) => {
    const { select } = await import('@clack/prompts');
    return answered(await select({ message, options: choices.map((value) => ({ value, label: value })) }));
  },
  whole: () => textOf(process.stdin),
};

/** @throws CommandFailure, exit 2, which never says what was read. */
export async function readKeys(input: SecretInput): Promise<BrokerCredentials> {
  const read = input.isPerson
    ? { keyId: (await input.hidden('Key id of the account')).trim(), secretKey: (await input.hidden('Its secret key')).trim() }
    : keysIn(await input.whole());
  const parsed = brokerKeys.safeParse(read);
  if (parsed.success) return parsed.data;
  throw malformed(
    `the keys ${BROKER_KEYS_MUST_HOLD}${input.isPerson ? '' : ': standard input is {"keyId": "…", "secretKey": "…"}, or the two on a line each'}`,
  );
}

/** @throws CommandFailure, exit 2, which never says what was read. */
export async function readWebhook(input: SecretInput): Promise<WebhookTarget> {
  const parsed = webhookTarget.safeParse(input.isPerson ? await askWebhook(input) : jsonOf(await input.whole()));
  if (parsed.success) {
    const { format, url, chatId } = parsed.data;
    return { format, url, ...(chatId === undefined ? {} : { chatId }) };
  }
  throw malformed(
    `a webhook is {"format": "${WEBHOOK_FORMATS.join(' | ')}", "url": "https://…"}, and with telegram, and only there, "chatId": "…"`,
  );
}

async function askWebhook(input: SecretInput): Promise<unknown> {
  const format = await input.choice('What does the address belong to?', WEBHOOK_FORMATS);
  const url = (await input.hidden('Its address')).trim();
  return format === 'telegram' ? { format, url, chatId: (await input.hidden('The id of the chat')).trim() } : { format, url };
}

function keysIn(text: string): unknown {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 2 && !text.trim().startsWith('{')) return { keyId: lines[0], secretKey: lines[1] };
  return jsonOf(text);
}

function answered(answer: string | symbol): string {
  if (typeof answer === 'string') return answer;
  throw new CommandFailure('declined', 'nothing was stored', { exitCode: 1 });
}

function malformed(message: string): CommandFailure {
  return new CommandFailure('malformed', `nothing was stored: ${message}`, { exitCode: 2 });
}

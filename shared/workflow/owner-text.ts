// A draft in the words that its reader gets: what happened, the money at stake, what the system did by itself, the one command
// to type next, and where the runbook speaks of it.
import type { OwnerMessage } from '../ports/owner.ts';
import type { Draft } from './draft-message.ts';

const RUNBOOK = 'docs/runbook.md';

export function ownerText(draft: Draft, redact: (text: string) => string): OwnerMessage {
  const { severity, code, title } = draft;
  return { severity, code, title: redact(oneLine(`[${severity}] ${title}`)), text: redact(plain(textOf(draft))) };
}

function textOf({ severity, code, happened, stake, done, card, about }: Draft): string {
  // A digest asks for nothing.
  if (severity === 'info') return happened;
  const { portfolio, runId } = about;
  const parts = [
    ['What happened', happened],
    ['What it means', card?.meaning],
    ['At stake', stake ?? (card === undefined ? undefined : 'not known')],
    ['Done by itself', done ?? (card === undefined ? undefined : 'nothing')],
    ['Next', card === undefined ? undefined : commandOf(card.command, about)],
    ['Runbook', card === undefined ? undefined : `${RUNBOOK}#${anchorOf(card.heading)}`],
    ['About', [code, portfolio, runId].filter((each) => each !== undefined).join(', ')],
  ] as const;
  return parts.flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${text}`])).join('\n\n');
}

/** Where the run is not known the word stays for its reader to fill in; without a portfolio a command speaks of all. */
function commandOf(command: string, { portfolio, runId, session }: Draft['about']): string {
  return command
    .replace(/\bRUN\b/, runId ?? 'RUN')
    .replace(/\bSESSION\b/, session ?? 'SESSION')
    .replace(/ PORTFOLIO\b/, portfolio === undefined ? '' : ` ${portfolio}`);
}

/** As GitHub makes it of a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim();
}

/** Without the characters that steer a terminal, or hide what is written. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n\t]/gu, '');
}

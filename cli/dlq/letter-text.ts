// Dead letters for people.
import type { Output } from '../output.ts';
import { instantText } from '../switch/switch-text.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import type { LetterDocument } from './letter-document.ts';
import { type LetterReading, shortId } from './read-letters.ts';

type Colors = Output['colors'];

export function listText({ letters, queues }: LetterReading, colors: Colors): string {
  const rows = letters.map((letter) => [
    shortId(letter),
    letter.hop,
    instantText(Date.parse(letter.sentAt)),
    letter.runId ?? '-',
    visibleText(`${letter.error.name}: ${letter.error.message}`, 70),
  ]);
  const table = textTable(['id', 'hop', 'since', 'run', 'error'], rows, { left: [0, 1, 2, 3, 4], header: colors.dim });
  const looked = `Queues: ${queues.map(({ hop, letters: count, unread }) => `${hop} ${count}${unread === 0 ? '' : ` and ${unread} that could not be read just now`}`).join(', ')}.`;
  if (letters.length === 0) return `${colors.green('No dead letter waits.')} ${looked}`;
  return [table, looked, 'What each means and what to do: npx evenkeel dlq explain. Nothing was removed.'].join('\n');
}

export function explanationsText(reading: LetterReading, colors: Colors): string {
  if (reading.letters.length === 0) return listText(reading, colors);
  return reading.letters.map((letter) => `\n${headText(letter, colors)}\n${explanationText(letter)}`).join('\n');
}

export function letterText(letter: LetterDocument, colors: Colors): string {
  const { execution, scheduledTime } = letter;
  return [
    headText(letter, colors),
    ...(scheduledTime === null ? [] : [`  due        ${instantText(Date.parse(scheduledTime))}`]),
    ...(execution === null ? [] : [`  execution  ${visibleText(execution, 200)}`]),
    explanationText(letter),
    `  letter     ${visibleText(letter.body, 2_000)}`,
  ].join('\n');
}

function headText(letter: LetterDocument, colors: Colors): string {
  const { hop, sentAt, runId, error } = letter;
  return [
    `${colors.bold(shortId(letter))}  ${hop}  ${runId ?? 'no run'}  since ${instantText(Date.parse(sentAt))}`,
    `  error      ${colors.red(visibleText(`${error.name}: ${error.message}`, 500))}`,
  ].join('\n');
}

function explanationText({ explanation: { what, safety, mend, next } }: LetterDocument): string {
  return [
    `  means      ${what}`,
    `  money      ${safety}`,
    ...(mend === null ? [] : [`  mend       ${mend}`]),
    `  then       ${next}`,
  ].join('\n');
}

// evenkeel dlq: what waits in the dead-letter queues, decoded, explained, and taken out when a person is done with it.
import { type Ask, ask } from '../ask.ts';
import { CommandFailure } from '../failure.ts';
import { type OperationsDesk, openOperationsDesk } from '../operations/operations-desk.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { explanationsText, letterText, listText } from './letter-text.ts';
import { type LetterReading, letterNamed, readLetters } from './read-letters.ts';

type Open = (options: WorldOptions) => Promise<OperationsDesk>;

/** Exit code 1 while anything waits: a script may watch it. */
export async function listLetters(options: WorldOptions, output: Output, open: Open = openOperationsDesk): Promise<void> {
  await atDesk(options, open, (desk) => tell(desk, output, listText));
}

/** The same with what each means and what to do. */
export async function explainLetters(options: WorldOptions, output: Output, open: Open = openOperationsDesk): Promise<void> {
  await atDesk(options, open, (desk) => tell(desk, output, explanationsText));
}

/** @throws CommandFailure, exit 2, when there is no such letter. */
export async function showLetter(id: string, options: WorldOptions, output: Output, open: Open = openOperationsDesk): Promise<void> {
  await atDesk(options, open, async (desk) => {
    const letter = letterNamed(id, await readLetters(desk));
    output.result({ world: desk.world, letter }, `${desk.worldText}\n${letterText(letter, output.colors)}`);
  });
}

export interface RemoveOptions extends WorldOptions {
  readonly yes?: boolean;
}

/** @throws CommandFailure: exit 2 when there is no such letter, exit 1 when it was not removed. */
export async function removeLetter(
  id: string,
  options: RemoveOptions,
  output: Output,
  open: Open = openOperationsDesk,
  asked: Ask = ask,
): Promise<void> {
  await atDesk(options, open, async (desk) => {
    const letter = letterNamed(id, await readLetters(desk));
    output.note(letterText(letter, output.colors));
    await asked('Remove it for good? The run and its record stay as they are.', options, output);
    const removed = await desk.deadLetters.remove([letter]);
    if (removed === 0)
      throw new CommandFailure('not-removed', 'it was not there any more: somebody else removed it, or looks at it now', { exitCode: 1 });
    output.result({ world: desk.world, removed: letter.id }, `Removed ${letter.id}.`);
  });
}

async function tell(
  desk: OperationsDesk,
  output: Output,
  textOf: (reading: LetterReading, colors: Output['colors']) => string,
): Promise<void> {
  const reading = await readLetters(desk);
  output.result({ world: desk.world, ...reading }, `${desk.worldText}\n${textOf(reading, output.colors)}`);
  const waiting = reading.queues.reduce((sum, { letters, unread }) => sum + letters + unread, 0);
  if (waiting > 0) throw new CommandFailure('waiting', `${waiting} dead letter${waiting === 1 ? '' : 's'} to look at`, { exitCode: 1 });
}

async function atDesk(options: WorldOptions, open: Open, work: (desk: OperationsDesk) => Promise<void>): Promise<void> {
  const desk = await open(options);
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}

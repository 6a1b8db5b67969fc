// The questions of init to a person: on a terminal with choices to pick from, else line by line.
import { createInterface } from 'node:readline';
import { CommandFailure } from '../failure.ts';

export interface Choice {
  readonly value: string;
  readonly about: string;
}

export interface Answers {
  text(question: string, usual: string, refuse: (text: string) => string | undefined): Promise<string>;
  choice(question: string, choices: readonly Choice[], usual: string): Promise<string>;
  close(): void;
}

/** What is usual, of everything that the command line did not say. */
export const usualAnswers: Answers = {
  text: async (_question, usual) => usual,
  choice: async (_question, _choices, usual) => usual,
  close: () => undefined,
};

export async function terminalAnswers(): Promise<Answers> {
  const { isCancel, select, text } = await import('@clack/prompts');
  const answered = (answer: unknown): string => {
    if (isCancel(answer) || typeof answer !== 'string') throw stopped();
    return answer;
  };
  return {
    text: async (message, usual, refuse) =>
      answered(await text({ message, initialValue: usual, validate: (typed) => refuse((typed ?? '').trim()) })).trim(),
    choice: async (message, choices, usual) =>
      answered(
        await select({ message, initialValue: usual, options: choices.map(({ value, about }) => ({ value, label: value, hint: about })) }),
      ),
    close: () => undefined,
  };
}

/**
 * @param lines where answers come from, such as standard input in a pipe.
 * @param say shows a question.
 */
export function lineAnswers(lines: NodeJS.ReadableStream, say: (text: string) => void): Answers {
  const reader = createInterface({ input: lines });
  const next = reader[Symbol.asyncIterator]();
  const line = async (question: string): Promise<string> => {
    say(question);
    const { value, done } = await next.next();
    if (done === true) throw stopped();
    return value.trim();
  };
  return {
    text: async (question, usual, refuse) => {
      for (;;) {
        const typed = (await line(`${question} [${usual}]`)) || usual;
        const refusal = refuse(typed);
        if (refusal === undefined) return typed;
        say(refusal);
      }
    },
    choice: async (question, choices, usual) => {
      for (;;) {
        const typed = (await line(`${question} (${choices.map(({ value }) => value).join(', ')}) [${usual}]`)) || usual;
        if (choices.some(({ value }) => value === typed)) return typed;
        say(`${JSON.stringify(typed)} is none of them`);
      }
    },
    close: () => reader.close(),
  };
}

function stopped(): CommandFailure {
  return new CommandFailure('declined', 'stopped; no file was written', { exitCode: 1 });
}

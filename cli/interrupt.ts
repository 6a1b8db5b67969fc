// Ctrl-C, and the signal of a machine that goes down, as a question that is asked between two pieces of work.
import type { Output } from './output.ts';

/**
 * What is under way is finished, however often it is pressed. Whatever the work ends with, its progress is taken away.
 * @param saying what happens now, said once, at the first.
 * @param work asks whether it was stopped.
 */
export async function untilInterrupted<Answer>(
  output: Output,
  saying: string,
  work: (isStopped: () => boolean) => Promise<Answer>,
): Promise<Answer> {
  let isStopped = false;
  const onInterrupt = (): void => {
    if (isStopped) return;
    isStopped = true;
    output.note(`\n${saying} …`);
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    return await work(() => isStopped);
  } finally {
    output.progress('');
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

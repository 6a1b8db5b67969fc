// Ctrl-C in a sweep: it is asked whether it came, and nothing is torn. A second one means nothing more than the first.
import type { Output } from '../output.ts';

export interface Interrupt {
  isStopped(): boolean;
  stopListening(): void;
}

/** @param said when it comes. */
export function listenForInterrupt(output: Output, said: string): Interrupt {
  let isStopped = false;
  const onInterrupt = (): void => {
    if (isStopped) return;
    isStopped = true;
    output.note(`\n${said}`);
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    isStopped: () => isStopped,
    stopListening() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    },
  };
}

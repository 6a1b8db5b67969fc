// Ctrl-C, and the signal of a machine that goes down, as a question that is asked between two pieces of work.

/** @param say once, at the first: what is under way is finished; a second Ctrl-C loses only that. */
export function listenForInterrupt(say: () => void): { isStopped: () => boolean; stopListening: () => void } {
  let isStopped = false;
  const onInterrupt = (): void => {
    if (isStopped) return;
    isStopped = true;
    say();
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

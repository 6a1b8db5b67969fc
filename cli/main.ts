// The process around the command line: its arguments, its streams, its exit code.
import { CommandFailure } from './failure.ts';
import { processTerminal } from './output.ts';
import { failed, outputFor, run } from './run.ts';

export async function main(): Promise<void> {
  // Whoever read our output has closed it (`evenkeel … | head`): there is no one left to tell.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  const args = process.argv.slice(2);
  let hasSaid = false;
  const streams = processTerminal();
  const terminal = {
    ...streams,
    writeOut(text: string) {
      hasSaid = true;
      streams.writeOut(text);
    },
  };
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {
    // A command that listens itself finishes what is under way.
    if (process.listenerCount('SIGINT') > 1) return;
    const output = outputFor(args, streams);
    // One document is all that --json may print.
    if (output.json && hasSaid) process.exit(1);
    process.exit(failed(new CommandFailure('interrupted', 'interrupted before it was done', { exitCode: 1 }), output));
  });
  // What a library throws from a callback of its own is said as any other fault.
  process.on('uncaughtException', (error) => process.exit(failed(error, outputFor(args, terminal))));
  process.exitCode = await run(args, terminal);
}

if (import.meta.main) await main();

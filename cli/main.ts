// The process around the command line: its arguments, its streams, its exit code.
import { processTerminal } from './output.ts';
import { run } from './run.ts';

export async function main(): Promise<void> {
  // Whoever read our output has closed it (`evenkeel … | head`): there is no one left to tell.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}

if (import.meta.main) await main();

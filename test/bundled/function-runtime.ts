// What AWS puts around a handler, in a process of its own: `node function-runtime.ts FOLDER` loads the bundle that is there,
// takes events one by one from its parent, and answers each with what the handler returned or threw.
import { join } from 'node:path';
import type { Answer, Invocation } from './function-process.ts';

const [folder = ''] = process.argv.slice(2);
const { handler } = (await import(join(folder, 'index.mjs'))) as { readonly handler: (event: unknown) => Promise<unknown> };

process.on('message', (message) => {
  void answer(message as Invocation);
});
process.send?.({ kind: 'ready' } satisfies Answer);

async function answer({ event }: Invocation): Promise<void> {
  try {
    process.send?.({ kind: 'returned', value: await handler(event) } satisfies Answer);
  } catch (error) {
    process.send?.({ kind: 'threw', error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) } satisfies Answer);
  }
}

// Leaves event streams out of a bundle. The client of S3 brings them for queries inside of objects, and the protocol beneath
// every client for whoever streams; a function of ours puts objects and gets them whole.
import type { Plugin } from 'esbuild';

const NAME = 'without-event-streams';

/** What a client is made with all the same: nothing is said of streams in its settings, and who opens one is told why not. */
const REFUSING = `
  const refuse = () => { throw new Error('there are no event streams in a function: see lib/without-event-streams.ts'); };
  export class EventStreamSerde { constructor() { refuse(); } }
  export const eventStreamSerdeProvider = () => ({ serialize: refuse, deserialize: refuse });
  export const resolveEventStreamSerdeConfig = (settings) => settings;`;

export const withoutEventStreams: Plugin = {
  name: NAME,
  setup(build) {
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path }) => ({ path, namespace: NAME }));
    build.onLoad({ filter: /./, namespace: NAME }, () => ({ contents: REFUSING }));
  },
};

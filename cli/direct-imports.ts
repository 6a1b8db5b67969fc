// Makes the start of a command shorter: half of it went into finding and reading modules, four hundred of them. Two of Node's
// steps are left out, and nothing else of the command line knows of it: without this everything works the same, only later.
import { registerHooks } from 'node:module';

/** zod has its messages in sixty languages, a module each, and imports them all. We speak its default alone, which it has apart. */
const UNSPOKEN = '../locales/index.js';
const EMPTY_MODULE = 'data:text/javascript,';

/** For what this thread imports from now on. */
export function importDirectly(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (!specifier.startsWith('.') || parentURL?.startsWith('file:') !== true) return next(specifier, context);
      if (specifier === UNSPOKEN && parentURL.includes('/node_modules/zod/v4/'))
        return { url: EMPTY_MODULE, format: 'module', shortCircuit: true };
      // A path with its ending names its file: no search, and no look at each folder above it for links. We link no files.
      const url = new URL(specifier, parentURL).href;
      if (url.endsWith('.ts')) return { url, format: 'module-typescript', shortCircuit: true };
      return url.endsWith('.js') ? { url, shortCircuit: true } : next(specifier, context);
    },
  });
}

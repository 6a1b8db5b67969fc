// Plants a defect into a source file of the product while it is loaded, in this thread alone: no file is touched, and the
// product knows nothing of it.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFECTS, type Defect } from './defects.ts';

const ROOT = join(import.meta.dirname, '../..');

/** @throws RangeError for a name that is not on the list. */
export function plant(name: string): void {
  const defect = DEFECTS.find((each) => each.name === name);
  if (defect === undefined) throw new RangeError(`no defect is named ${name}`);
  const texts = patchedTexts(defect);
  registerHooks({
    load(url, context, nextLoad) {
      const source = url.startsWith('file:') ? texts.get(fileURLToPath(url)) : undefined;
      if (source === undefined) return nextLoad(url, context);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}

/** By the file's place on the disk. @throws Error where a patch does not fit exactly once: a defect must not rot. */
export function patchedTexts({ name, patches }: Defect): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const path = join(ROOT, file);
    const text = texts.get(path) ?? readFileSync(path, 'utf8');
    const times = text.split(find).length - 1;
    if (times !== 1) throw new Error(`the defect "${name}" fits ${times} times into ${file}, expected once`);
    texts.set(
      path,
      text.replace(find, () => replace),
    );
  }
  return texts;
}

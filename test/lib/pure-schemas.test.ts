import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markedPure } from '../../lib/pure-schemas.ts';

const root = join(import.meta.dirname, '../..');

describe('the schemas of the AWS SDK', () => {
  const files = globSync('node_modules/@aws-sdk/client-{dynamodb,s3,secrets-manager,sfn,sns}/dist-es/schemas/schemas_0.js', { cwd: root });

  it('are found in every client, and each array of them is marked', () => {
    expect(files.length).toBe(5);
    for (const file of files) {
      const marked = markedPure(readFileSync(join(root, file), 'utf8'));
      expect(marked.match(/@__PURE__/g)?.length, file).toBeGreaterThan(90);
      expect(marked.match(/^(export )?(var|const) \w+\$? = \[/gm), file).toBeNull();
    }
  });

  it('are the same values as before', async () => {
    const source = `const name = 'x';\nvar Inner$ = [3, name, { [name]: "a;b" },\n    [() => Outer$]\n];\nexport var Outer$ = [9, name, () => Inner$];\n`;
    const load = async (text: string) => (await import(`data:text/javascript,${encodeURIComponent(text)}`)).Outer$;
    const [before, after] = [await load(source), await load(markedPure(source))];
    expect(markedPure(source)).not.toBe(source);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after[2]().slice(0, 3)).toEqual([3, 'x', { x: 'a;b' }]);
    expect(after[2]()[3][0]()).toBe(after);
  });
});

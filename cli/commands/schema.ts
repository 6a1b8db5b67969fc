// evenkeel schema: the JSON Schema of portfolio files, for editors; or their reference, for people.
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export function registerSchema(program: Command, output: () => Output): void {
  program
    .command('schema')
    .description('print the JSON Schema of portfolio files, for editors')
    .option('--markdown', 'print the reference of all keys instead, as Markdown')
    .action(async ({ markdown }: { readonly markdown?: true }) => {
      if (markdown) {
        const { portfolioFields } = await import('../../shared/contracts/portfolio-reference/portfolio-fields.ts');
        const { referenceText } = await import('../../shared/contracts/portfolio-reference/reference-text.ts');
        const fields = portfolioFields();
        output().result(fields, referenceText(fields));
        return;
      }
      const { portfolioJsonSchema } = await import('../../shared/contracts/portfolio-json-schema.ts');
      const schema = portfolioJsonSchema();
      output().result(schema, JSON.stringify(schema, null, 2));
    });
}

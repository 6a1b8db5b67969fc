// evenkeel schema: the JSON Schema of portfolio files, for editors.
import type { Command } from 'commander';
import type { Output } from '../output.ts';

export function registerSchema(program: Command, output: () => Output): void {
  program
    .command('schema')
    .description('print the JSON Schema of portfolio files, for editors')
    .action(async () => {
      const { portfolioJsonSchema } = await import('../../shared/contracts/portfolio-json-schema.ts');
      const schema = portfolioJsonSchema();
      output().result(schema, JSON.stringify(schema, null, 2));
    });
}

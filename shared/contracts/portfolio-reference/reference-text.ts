// The reference of the portfolio file as Markdown. It refuses to know any field: all words come from the schema and from
// beside it.
import type { PortfolioField } from './portfolio-fields.ts';

const HEAD = `# Reference of the portfolio file

Every key, what it may be, what holds where it is left out, and why. This page is generated from the schema that reads the
files: \`npx evenkeel schema --markdown > docs/reference/portfolio-file.md\`. [The guide](../guides/portfolio-file.md) explains how the
keys work together and [how values are written](../guides/portfolio-file.md#how-values-are-written).

\`*\` is a name that you choose, \`[]\` each of a list. A strategy is written in [a language of its own](../guides/strategies.md).
`;

export function referenceText(fields: readonly PortfolioField[]): string {
  const sections = Map.groupBy(fields, ({ path }) => (isSection(path, fields) ? (path.split('.')[0] ?? path) : ''));
  const text = [...sections].map(([name, own]) => (name === '' ? tableOf('The whole file', own) : tableOf(name, own)));
  return [HEAD.trimEnd(), ...text].join('\n\n');
}

/** A key with keys of its own has a section; what has none stands together. */
function isSection(path: string, fields: readonly PortfolioField[]): boolean {
  const [top = path] = path.split('.');
  return fields.some((each) => each.path.startsWith(`${top}.`));
}

function tableOf(title: string, fields: readonly PortfolioField[]): string {
  const rows = fields.map(({ path, values, isRequired, absent, means, why }) =>
    [`\`${path}\``, values, isRequired ? 'needed' : absent, means, why].map((cell = '') => cell.replaceAll('|', '\\|')).join(' | '),
  );
  const lines = rows.map((row) => `| ${row.replaceAll('<', '&lt;')} |`);
  return [`## ${title}`, '', '| key | values | left out | means | why |', '|---|---|---|---|---|', ...lines].join('\n');
}

// Prints or writes the template of a strategy file, or lists the kinds that have one.
import { nearestWord } from '../../shared/contracts/nearest-word.ts';
import { TEMPLATES, type Template, templateOf } from '../../shared/contracts/strategy-file/template.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';
import type { Output } from '../output.ts';

export interface NewOptions {
  readonly out?: string;
  readonly force?: true;
}

/** @throws CommandFailure, exit 2, for a kind that there is not, or where `--out` cannot be written. */
export async function newStrategy(kind: string | undefined, { out, force }: NewOptions, output: Output): Promise<void> {
  if (out === undefined && force === true) throw bad('usage', '--force needs --out <file>, the file to replace');
  if (kind === undefined) {
    if (out !== undefined) throw bad('usage', '--out needs a kind, such as evenkeel new tree --out strategy.yaml');
    return output.result({ kinds: TEMPLATES.map(({ kind: each, about }) => ({ kind: each, about })) }, kindsText(output.colors));
  }
  const template = templateOf(kind);
  if (template === undefined) throw bad('usage', unknownKind(kind));
  if (out !== undefined) await write(template, out, force === true);
  output.result({ kind, out: out ?? null, text: template.text }, out === undefined ? template.text : `${kind} written to ${out}`);
}

async function write({ text }: Template, out: string, replace: boolean): Promise<void> {
  const written = await writeNewFile(out, text, { replace });
  if (written.kind === 'written') return;
  const hint = written.reason === 'it exists' ? ' (--force replaces it)' : '';
  throw bad('bad-output', `--out ${out}: ${written.reason}${hint}`);
}

/** A line for each, with the first sentence of what it is. */
function kindsText(colors: Output['colors']): string {
  const width = Math.max(...TEMPLATES.map(({ kind }) => kind.length));
  return TEMPLATES.map(({ kind, about }) => `${colors.bold(kind.padEnd(width))}  ${about.split('. ')[0]?.replace(/\.$/, '')}`).join('\n');
}

function unknownKind(kind: string): string {
  const kinds = TEMPLATES.map((each) => each.kind);
  const nearest = nearestWord(kind, kinds);
  return `unknown kind ${JSON.stringify(kind)}: expected ${nearest === undefined ? `one of ${kinds.join(', ')}` : `${nearest}, the nearest known kind`}`;
}

function bad(code: string, message: string): CommandFailure {
  return new CommandFailure(code, message, { exitCode: 2 });
}

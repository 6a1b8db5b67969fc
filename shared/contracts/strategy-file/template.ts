// Strategy files to begin with: one for each ready-made strategy, generated from what it says of itself, and a few for
// the language itself. Each is whole: it reads and decides as it stands.
import { type Parameter, type ReadyMade, usualOf } from '../../core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../core/strategy/ready-made/ready-mades.ts';
import { LANGUAGE_TEMPLATES } from './language-templates.ts';
import { parameterText, parameterYaml } from './ready-made-schema.ts';
import { block, blockLines, quoted } from './yaml-block.ts';

export interface Template {
  readonly kind: string;
  /** A sentence or two. */
  readonly about: string;
  readonly text: string;
}

const COLUMNS = 100;

export const TEMPLATES: readonly Template[] = [...LANGUAGE_TEMPLATES.map(ofLanguage), ...READY_MADES.map(ofReadyMade)];

/** undefined when there is none of that kind. */
export function templateOf(kind: string): Template | undefined {
  return TEMPLATES.find((each) => each.kind === kind);
}

function ofLanguage({ kind, about, tree }: (typeof LANGUAGE_TEMPLATES)[number]): Template {
  return { kind, about, text: file(kind, about, 'month', [], tree) };
}

function ofReadyMade({ name, about, source, rhythm, parameters }: ReadyMade): Template {
  const lines = Object.entries(parameters).flatMap(([key, parameter]) => [
    ...comment(meaningOf(parameter), '    '),
    `    ${key}: ${exampleOf(name, parameter)}`,
  ]);
  const notes = [`Source: ${source}.`, 'What has no usual value is an example: put your own.'];
  return { kind: name, about, text: file(name, about, rhythm, notes, `  ${name}:\n${lines.join('\n')}`) };
}

function file(kind: string, about: string, rhythm: ReadyMade['rhythm'], notes: readonly string[], tree: string): string {
  return [
    ...comment(`${about} ${notes.join(' ')}`.trim(), ''),
    '',
    '# Its name, and what it is for in your own words.',
    ...blockLines(block([['strategy', quoted(`My ${kind}`)]])),
    ...blockLines(block([['description', quoted(about)]])),
    '',
    '# Every day, week, month, quarter or year; { corridor: 5% } of weight; or none.',
    `rebalance: { every: ${rhythm} }`,
    '',
    'tree:',
    tree,
    '',
  ].join('\n');
}

function meaningOf(parameter: Parameter): string {
  const usual = usualOf(parameter);
  const choices = parameter.kind === 'choice' ? ` (${parameter.choices.join(' or ')})` : '';
  return `${parameter.about}${choices}${usual === undefined ? '' : `; usually ${parameterText(parameter, usual)}`}`;
}

function exampleOf(owner: string, parameter: Parameter): string {
  const value = usualOf(parameter) ?? ('example' in parameter ? parameter.example : undefined);
  if (value === undefined) throw new Error(`a ${parameter.kind} of ${owner} has neither a usual value nor an example`);
  const { flow } = parameterYaml(parameter, value);
  if (flow === undefined) throw new Error(`a ${parameter.kind} of ${owner} does not fit on a line`);
  return flow;
}

/** Words are never broken. */
function comment(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > COLUMNS) lines.push(`${indent}# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

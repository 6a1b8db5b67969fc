// Log lines for people: time, level, function, message, and what else the line carries.
import type { LogLine } from '../../shared/ports/run-log.ts';
import type { Output } from '../output.ts';
import { visibleText } from '../visible-text.ts';

type Colors = Output['colors'];

/** Said of every line, or of no use to a reader. */
const LEFT_OUT: ReadonlySet<string> = new Set(['runId', 'sampling_rate', 'xray_trace_id', 'function_request_id', 'cold_start']);

export function linesText(lines: readonly LogLine[], colors: Colors): string {
  return lines.map((line) => lineText(line, colors)).join('\n');
}

function lineText({ at, level, source, message, fields }: LogLine, colors: Colors): string {
  const paint = level === 'error' ? colors.red : level === 'warn' ? colors.yellow : (text: string) => text;
  const rest = Object.entries(fields)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const when = new Date(at).toISOString();
  return `${colors.dim(when)} ${paint(level.padEnd(5))} ${source.padEnd(9)} ${paint(visibleText(message, 500))}${rest === '' ? '' : `  ${colors.dim(visibleText(rest, 500))}`}`;
}

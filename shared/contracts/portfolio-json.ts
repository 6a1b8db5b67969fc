// A portfolio file as it is deployed: the values that its YAML stands for, as JSON. A function reads it without a YAML
// parser, and because JSON is YAML too, what a run records of it is still a portfolio file.
import { readYaml } from './yaml-text.ts';

/**
 * Says nothing about the fields: whoever reads the JSON checks them again.
 * @throws Error when the text cannot be read at all.
 */
export function portfolioJson(text: string, fileName: string): string {
  const reading = readYaml(text);
  if (reading.kind === 'read') return JSON.stringify(reading.value);
  const faults = reading.faults.map(({ finding, place }) => `${fileName}:${place.line}: ${finding.value}, expected ${finding.expected}`);
  throw new Error(faults.join('\n'));
}

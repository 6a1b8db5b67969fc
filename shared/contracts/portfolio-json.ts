// A portfolio file as it is deployed: the values that its YAML stands for, as JSON. A function reads it without a YAML
// parser, and because JSON is YAML too, what a run records of it is still a portfolio file.
import { inlineStrategies } from './inline-strategies.ts';
import { noOtherFile, type ReadText } from './read-text.ts';
import { readYaml } from './yaml-text.ts';

/**
 * Says nothing about the fields: whoever reads the JSON checks them again.
 * @throws Error when the text cannot be read at all.
 */
export function portfolioJson(text: string, fileName: string, readText: ReadText = noOtherFile): string {
  const reading = readYaml(text);
  if (reading.kind !== 'read') {
    throw new Error(
      reading.faults.map(({ finding, place }) => `${fileName}:${place.line}: ${finding.value}, expected ${finding.expected}`).join('\n'),
    );
  }
  const { value, findings } = inlineStrategies(reading.value, readText);
  if (findings.length > 0)
    throw new Error(findings.map((finding) => `${fileName}: ${finding.value}, expected ${finding.expected}`).join('\n'));
  return JSON.stringify(value);
}

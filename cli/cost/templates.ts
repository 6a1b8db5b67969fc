// The templates of a stage: those that were synthesized into a folder, or, without one, by CDK into a folder that is gone
// afterwards.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from '../../shared/contracts/cost/template-facts.ts';
import { stackNamesOf } from '../../shared/contracts/stack-names.ts';
import type { Cdk } from '../deploy/cdk.ts';
import { CommandFailure } from '../failure.ts';
import type { Stage } from '../stage-option.ts';

/** @throws CommandFailure: exit 2 when the folder holds no templates of this stage, exit 1 when CDK fails. */
export async function templatesOf(stage: Stage, folder: string | undefined, cdk: () => Cdk): Promise<readonly Template[]> {
  if (folder !== undefined) return readTemplates(stage, folder);
  const made = await mkdtemp(join(tmpdir(), 'evenkeel-synth-'));
  try {
    await cdk().synth(stage, made);
    return await readTemplates(stage, made);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

function readTemplates(stage: Stage, folder: string): Promise<readonly Template[]> {
  return Promise.all(Object.values(stackNamesOf(stage)).map((stack) => readTemplate(join(folder, `${stack}.template.json`))));
}

async function readTemplate(file: string): Promise<Template> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Template;
  } catch (cause) {
    throw new CommandFailure('no-template', `${file} is no template: npx cdk synth writes them into cdk.out`, { exitCode: 2, cause });
  }
}

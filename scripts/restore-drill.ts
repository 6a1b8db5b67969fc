// `npm run restore-drill [-- --yes] [--at TIME] [--state FOLDER] [--json]`: are the backups such that one could live by them?
// Of the deployment that the environment names, or else of the newest demo in .evenkeel, played on copies.
// Exit 1 when what was restored is not whole. The copy stays without --yes.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { verificationText } from '../cli/audit/verification-text.ts';
import { CommandFailure } from '../cli/failure.ts';
import { Output, processTerminal } from '../cli/output.ts';
import { chooseWorld } from '../cli/world/choose-world.ts';
import { worldText } from '../cli/world/world-text.ts';
import { auditKeySecret } from '../shared/adapters/aws/audit-key-secret.ts';
import { clientSettings } from '../shared/adapters/aws/client-settings.ts';
import { readLambdaEnvironment } from '../shared/contracts/lambda-environment.ts';
import { auditKeySecretOf, stageOfSecretPrefix } from '../shared/contracts/secret-prefix.ts';
import { awsBackups } from './restore/aws-backups.ts';
import { type Drilled, drill } from './restore/drill.ts';
import { type LocallyDrilled, localDrill } from './restore/local-drill.ts';

const { values } = parseArgs({
  options: {
    yes: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    at: { type: 'string' },
    state: { type: 'string' },
  },
});
const say = (text: string) => console.error(text);

function momentOf(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new CommandFailure('usage', `--at ${text}: expected a time such as 2026-11-20T21:00:00Z`, { exitCode: 2 });
  return at;
}

async function deployedDrill(): Promise<Drilled> {
  const { table, bucket, secretPrefix } = readLambdaEnvironment(process.env);
  const secrets = new SecretsManagerClient(clientSettings());
  const backups = awsBackups({
    dynamo: new DynamoDBClient(clientSettings()),
    s3: new S3Client(clientSettings()),
    table,
    bucket,
    // Nothing here writes a log that the key could get into.
    auditKeys: auditKeySecret(secrets, auditKeySecretOf(secretPrefix), () => undefined),
    ...(values.at === undefined ? {} : { at: momentOf(values.at) }),
    wait: sleep,
  });
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return drill(backups, { table: `${table.slice(0, 200)}-restored-${stamp}`, isDeleted: values.yes, say });
}

const choice = chooseWorld(values.state === undefined ? {} : { state: values.state });
const stage = choice.kind === 'deployment' ? stageOfSecretPrefix(readLambdaEnvironment(process.env).secretPrefix) : undefined;
const drilled: Drilled & Partial<LocallyDrilled> =
  choice.kind === 'deployment' ? await deployedDrill() : await localDrill(choice.folder, values.yes, say);

if (values.json) console.log(JSON.stringify(drilled, null, 2));
else {
  const { colors } = new Output(processTerminal(), { json: false, verbose: false });
  const desk = { worldText: worldText(choice, stage), isAtHome: choice.kind === 'demo' };
  console.log(verificationText(drilled.portfolios, choice.kind === 'demo', desk, colors));
  const seen = drilled.damaged?.flatMap(({ findings }) => findings);
  if (seen !== undefined) console.log(`\nThe damaged copy showed ${seen.length} findings before.`);
  for (const { hash, version } of drilled.fromOlder) console.log(`read from an older version: ${hash} ${version}`);
  if (!drilled.isDeleted)
    console.log(
      drilled.folder === undefined
        ? `The restored table stays: aws dynamodb delete-table --table-name ${drilled.table}`
        : `The copies are in ${drilled.folder}; delete them, or say --yes next time.`,
    );
  console.log(drilled.isWhole ? '\nrestored and whole' : '\nNOT WHOLE');
}
process.exitCode = drilled.isWhole ? 0 : 1;

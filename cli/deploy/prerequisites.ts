// What a deployment needs before it can begin, each with the command that mends it. All of it is looked at, so that a
// newcomer is told everything at once.
import { isCleared, lacksText } from '../../shared/contracts/hypothesis/live-standing.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { stackNamesOf } from '../../shared/contracts/stack-names.ts';
import type { CloudAccount } from '../../shared/ports/cloud-account.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import type { OpenRun } from '../../shared/workflow/open-runs.ts';
import type { SecretHealth } from '../secrets/check-secrets.ts';
import { nameOf } from '../secrets/store-secret.ts';
import type { Stage } from '../stage-option.ts';

export interface Prerequisite {
  readonly what: string;
  /** `later`: it is done after the deployment, by hand. */
  readonly state: 'good' | 'later' | 'missing';
  readonly detail: string;
  /** What to type; null where nothing is to be done. */
  readonly fix: string | null;
}

export interface PrerequisiteParts {
  readonly cloud: CloudAccount;
  readonly sources: readonly Pick<PortfolioSource, 'policy' | 'live'>[];
  /** Of the accounts of these portfolios. */
  readonly secretHealth: () => Promise<readonly SecretHealth[]>;
  readonly openRuns: (table: string) => Promise<readonly OpenRun[]>;
}

const BOOTSTRAP = 'CDKToolkit';
/** Before it nothing can be deployed with a role of its own: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const BOOTSTRAP_VERSION_MIN = 6;

export async function prerequisitesOf(stage: Stage, parts: PrerequisiteParts): Promise<readonly Prerequisite[]> {
  const portfolios = portfoliosPart(stage, parts.sources);
  let who: Awaited<ReturnType<CloudAccount['identity']>>;
  try {
    who = await parts.cloud.identity();
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    // Without them nothing else can be asked.
    return [portfolios, credentialsPart(error)];
  }
  const credentials = good('AWS credentials', `account ${who.account}, region ${who.region}, as ${who.caller}`);
  const health = parts.sources.length === 0 ? [] : await parts.secretHealth();
  const rest = await Promise.all([bootstrapPart(who, parts.cloud), stackPart(stage, parts, health)]);
  return [portfolios, credentials, ...rest.flat(), ...secretParts(stage, health)];
}

function portfoliosPart(stage: Stage, sources: PrerequisiteParts['sources']): Prerequisite {
  const what = 'portfolio files';
  if (sources.length === 0) return missing(what, `none in portfolios/ has the mode ${stage}`, 'npx evenkeel init');
  const uncleared = sources.filter(({ policy, live }) => live !== undefined && policy.account.override === undefined && !isCleared(live));
  if (uncleared.length > 0) {
    const lacks = uncleared.map(({ policy, live = [] }) => `${policy.name} may not trade live: ${lacksText(live)}`);
    return missing(what, lacks.join('; '), 'npx evenkeel check portfolios/*.yaml');
  }
  return good(what, sources.map(({ policy }) => policy.name).join(', '));
}

function credentialsPart({ code, message }: OutsideError): Prerequisite {
  if (code === 'no-region') return missing('AWS region', 'none is chosen', 'export AWS_REGION=us-east-1');
  if (code === 'unauthorized')
    return missing('AWS credentials', 'there are none here, or they have expired', 'aws sso login, or aws configure');
  return missing('AWS', message, 'look at the network and at AWS_REGION, then say it again');
}

async function bootstrapPart(
  { account, region }: { readonly account: string; readonly region: string },
  cloud: CloudAccount,
): Promise<Prerequisite[]> {
  const what = 'CDK bootstrap';
  const fix = `npx cdk bootstrap aws://${account}/${region}`;
  const stack = await cloud.stack(BOOTSTRAP);
  if (stack === undefined) return [missing(what, `account ${account} is not bootstrapped in ${region}; is it the right region?`, fix)];
  if (!stack.status.endsWith('_COMPLETE') || stack.status.startsWith('DELETE'))
    return [missing(what, `the stack ${BOOTSTRAP} is ${stack.status}`, fix)];
  const version = Number(stack.outputs['BootstrapVersion'] ?? 0);
  if (version < BOOTSTRAP_VERSION_MIN) return [missing(what, `version ${version} is too old`, fix)];
  return [good(what, `version ${version}`)];
}

/** Of what is there already: nothing else deploys, and no run is left without its portfolio or its account. */
async function stackPart(
  stage: Stage,
  { cloud, sources, openRuns }: PrerequisiteParts,
  health: readonly SecretHealth[],
): Promise<Prerequisite[]> {
  const names = stackNamesOf(stage);
  const [state, compute] = await Promise.all([cloud.stack(names.state), cloud.stack(names.compute)]);
  const busy = [[names.state, state] as const, [names.compute, compute] as const].flatMap(([name, stack]) =>
    stack === undefined || !stack.status.endsWith('_IN_PROGRESS')
      ? []
      : [missing('stacks', `${name} is ${stack.status}: somebody deploys`, 'wait, then say it again')],
  );
  if (busy.length > 0) return busy;
  const table = state?.outputs['TableName'];
  if (table === undefined) return [good('stacks', 'none is there yet: they are made now')];
  const runs = await openRuns(table);
  const policies = sources.map(({ policy }) => policy);
  const left = [...orphans(runs, policies), ...strangers(stage, runs, policies, health)];
  return left.length > 0 ? left : [good('stacks', 'there, and every open run keeps its portfolio and its account')];
}

function orphans(runs: readonly OpenRun[], policies: readonly PortfolioPolicy[]): Prerequisite[] {
  const executing = runs.filter(({ phase, portfolio }) => phase === 'executing' && policies.every(({ name }) => name !== portfolio));
  return executing.map(({ portfolio, runId }) =>
    missing(
      'open runs',
      `${runId} executes, and the file of ${portfolio} is gone: no turn of it could be made`,
      `put the file back, or npx evenkeel reconcile ${portfolio} --close-run ${runId} --reason TEXT`,
    ),
  );
}

/** The file names the keys of another account than the one that the run was planned for. */
function strangers(
  stage: Stage,
  runs: readonly OpenRun[],
  policies: readonly PortfolioPolicy[],
  health: readonly SecretHealth[],
): Prerequisite[] {
  return runs.flatMap(({ portfolio, runId, phase, accountNumber }) => {
    const policy = policies.find(({ name }) => name === portfolio);
    const keys = health.find(({ secret }) => policy !== undefined && secret === nameOf(stage, policy.account.name));
    if (accountNumber === undefined || keys?.accountNumber === undefined || keys.accountNumber === accountNumber) return [];
    return [
      missing(
        'open runs',
        `${runId} is ${phase} in account ${accountNumber}, and ${keys.secret} holds the keys of ${keys.accountNumber}: no turn of it could be made`,
        `put its account.name or its keys back, or deploy once the run has ended: npx evenkeel show ${runId}`,
      ),
    ];
  });
}

function secretParts(stage: Stage, health: readonly SecretHealth[]): Prerequisite[] {
  const flag = stage === 'live' ? ' --stage live' : '';
  return health.map(({ secret, state, detail }) => {
    const fix = `npx evenkeel secrets set ${secret.split('/').at(-1)}${flag}`;
    if (state === 'good' || state === 'old') return good(secret, detail);
    if (state === 'missing' || state === 'empty') return { what: secret, state: 'later', detail: 'no keys yet: after the deployment', fix };
    return missing(secret, detail, fix);
  });
}

function good(what: string, detail: string): Prerequisite {
  return { what, state: 'good', detail, fix: null };
}

function missing(what: string, detail: string, fix: string): Prerequisite {
  return { what, state: 'missing', detail, fix };
}

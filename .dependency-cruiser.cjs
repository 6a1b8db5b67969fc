// The import law: the table of docs/architecture.md, row by row. Each row says what a folder may import;
// everything else is refused. scripts/import-law.ts runs it and asserts that no file escaped it.
const NPM = (...names) => names.map((name) => `(^|/)node_modules/(@types/)?${name}/`);
const ANY_NPM = '(^|/)node_modules/';
// A builtin is recognised by how it resolves: a bare name; a file's path has a dot.
const BUILTIN = '^(node:)?[a-z_0-9/]+$';
const node = (name) => `^(node:)?${name}$`;

const CORE = '^shared/core/';
const CONTRACTS = '^shared/contracts/';
const PORTS = '^shared/ports/';
const WORKFLOW = '^shared/workflow/';
const WIRING = '^shared/wiring/';
const MATCHING = '^exchange/matching/';

const STAGES = ['values', 'market', 'portfolio', 'strategy', 'rebalance', 'risk', 'execution', 'ledger'];

/** [name, the folder, what it may import, why] */
const ROWS = [
  ...STAGES.map((stage, index) => [
    `core-${stage}`,
    `${CORE}${stage}/`,
    STAGES.slice(0, index + 1).map((left) => `${CORE}${left}/`),
    'the core is pure, and data flows from left to right: a stage imports only itself and what stands to its left',
  ]),
  ['core-stages-only', `${CORE}(?!(?:${STAGES.join('|')})/)`, [CORE], 'a file outside the stages has no place in the flow'],
  [
    'contracts',
    CONTRACTS,
    [CORE, CONTRACTS, ...NPM('zod', 'yaml'), node('crypto')],
    'contracts describe what crosses a process, and hash it',
  ],
  ['ports', PORTS, [CORE, CONTRACTS, PORTS], 'a port is words only'],
  ['workflow', WORKFLOW, [CORE, CONTRACTS, PORTS, WORKFLOW], 'a workflow knows the outside world by its ports alone'],
  [
    'adapters-alpaca',
    '^shared/adapters/alpaca/',
    ['^shared/adapters/alpaca/', CORE, CONTRACTS, PORTS, BUILTIN, ...NPM('zod', 'cockatiel')],
    'an adapter knows its own outside world and no other adapter',
  ],
  [
    'adapters-aws',
    '^shared/adapters/aws/',
    [
      '^shared/adapters/aws/',
      CORE,
      CONTRACTS,
      PORTS,
      BUILTIN,
      ...NPM('zod', '@aws-sdk', '@smithy', '@aws-lambda-powertools', 'aws-lambda'),
    ],
    'an adapter knows its own outside world and no other adapter',
  ],
  [
    'adapters-simulated',
    '^shared/adapters/simulated/',
    ['^shared/adapters/simulated/', CORE, CONTRACTS, PORTS, MATCHING],
    'the simulated broker is the matching engine without its HTTP, and is as deterministic',
  ],
  [
    'adapters-local',
    // Its tables and queues stand in for AWS and are created through the AWS clients.
    '^shared/adapters/local/',
    [
      '^shared/adapters/local/',
      CORE,
      CONTRACTS,
      PORTS,
      BUILTIN,
      ...NPM('zod', 'dynalite', 'fauxqs', '@aws-sdk', 'csv-parse', 'vega-datasets'),
    ],
    'an adapter knows its own outside world and no other adapter',
  ],
  [
    'adapters-webhook',
    '^shared/adapters/webhook/',
    ['^shared/adapters/webhook/', CORE, CONTRACTS, PORTS],
    'an adapter knows its own outside world and no other adapter',
  ],
  [
    'adapters-solvers',
    '^shared/adapters/solvers/',
    ['^shared/adapters/solvers/', CORE, ...NPM('quadprog')],
    'a solver knows a problem of the core, and the package that solves it',
  ],
  [
    'adapters-named',
    '^shared/adapters/(?!(?:alpaca|aws|simulated|local|webhook|solvers)/)',
    ['^$'],
    'an adapter belongs to alpaca, aws, simulated, local, webhook or solvers; a new one gets its own row',
  ],
  ['wiring', WIRING, ['^shared/', '^exchange/', ANY_NPM, BUILTIN], 'wiring chooses adapters, and is chosen by nobody but entry points'],
  ['shared-named', '^shared/(?!(?:core|contracts|ports|workflow|adapters|wiring)/)', ['^$'], 'every folder of shared has a row'],
  ['matching', MATCHING, [CORE, MATCHING], 'matching is pure: a backtest runs it without a server'],
  [
    'exchange',
    '^exchange/(?!matching/)',
    ['^exchange/', CORE, CONTRACTS, BUILTIN, ...NPM('fastify', 'zod')],
    'the exchange stands for the broker: it must not know the product that talks to it',
  ],
  [
    'research',
    '^research/',
    ['^research/', CORE, CONTRACTS, PORTS, WORKFLOW, '^shared/adapters/(simulated|local|solvers)/', MATCHING, ANY_NPM, BUILTIN],
    'research drives the same workflow, against the simulated exchange only',
  ],
  [
    'lambdas-sweep',
    '^lambdas/sweep/',
    ['^lambdas/sweep/', '^research/sweep/', CONTRACTS, WIRING],
    'a sweep runs the same worker wherever it runs; no function that trades may know research',
  ],
  [
    'lambdas',
    '^lambdas/(?!sweep/)',
    ['^lambdas/(?!sweep/)', CONTRACTS, WORKFLOW, WIRING, ...NPM('aws-lambda')],
    'a handler parses its event, calls one workflow and is done',
  ],
  [
    'lib',
    '^lib/',
    ['^lib/', CONTRACTS, ...NPM('aws-cdk-lib', 'constructs', 'esbuild'), node('child_process'), node('fs'), node('path'), node('url')],
    'infrastructure shares names with the product, not code',
  ],
  [
    'app',
    '^bin/',
    ['^bin/', '^lib/', CONTRACTS, '^shared/adapters/local/(?:live-documents|source-hash)', ...NPM('aws-cdk-lib', 'constructs'), BUILTIN],
    'the CDK app reads its context and assembles lib',
  ],
];

const forbidden = ROWS.map(([name, from, allowed, comment]) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
}));

forbidden.push(
  {
    name: 'cli-without-lib',
    comment: 'the command line may show everything, but deploys through the CDK app',
    severity: 'error',
    from: { path: '^cli/' },
    to: { path: ['^lib/', '^bin/', ...NPM('aws-cdk-lib', 'constructs')] },
  },
  {
    name: 'no-circular',
    comment: 'data never turns round',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-test-in-product',
    comment: 'what ships does not lean on its tests',
    severity: 'error',
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  },
  {
    name: 'no-dev-dependency-in-product',
    comment: 'what ships uses only what an installation without development packages has',
    severity: 'error',
    from: { path: '^(shared|exchange|research|lambdas|cli)/' },
    to: { dependencyTypes: ['npm-dev'], pathNot: NPM('aws-lambda') },
  },
  {
    name: 'no-unresolvable',
    comment: 'an import that leads nowhere cannot be judged',
    severity: 'error',
    from: {},
    // A package of types only: it has no module to resolve to.
    to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
  },
);

module.exports = {
  forbidden,
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};

// The versions of the functions and the aliases by which they are called.
import {
  type FunctionConfiguration,
  GetAliasCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { DryRunResult } from '../../contracts/events.ts';
import type { Release, Releases } from '../../ports/releases.ts';
import { outsideFailure } from './aws-failure.ts';
import { dryRunVersion } from './dry-run-version.ts';
import { functionAndAlias } from './function-and-alias.ts';

export class LambdaReleases implements Releases {
  readonly #client: LambdaClient;
  readonly #calling: LambdaClient;
  readonly #functions: ReadonlyMap<string, string>;

  /**
   * @param calling one that waits as long as a function may take.
   * @param functions `NAME:ALIAS` of each function, by our own name for it; without an alias nothing can be moved.
   */
  constructor(client: LambdaClient, calling: LambdaClient, functions: ReadonlyMap<string, string>) {
    this.#client = client;
    this.#calling = calling;
    this.#functions = functions;
  }

  async read(): Promise<readonly Release[]> {
    const aliased = [...this.#functions].flatMap(([hop, target]) => {
      const { name, alias } = functionAndAlias(target);
      return alias === undefined ? [] : [{ hop, name, alias }];
    });
    return Promise.all(aliased.map(({ hop, name, alias }) => this.#release(hop, name, alias)));
  }

  async move(hop: string, version: string): Promise<void> {
    const { name, alias } = functionAndAlias(this.#functions.get(hop) ?? '');
    if (name === '' || alias === undefined) throw new RangeError(`${hop} has no alias`);
    // No weights are kept: all calls go to this version.
    const update = new UpdateAliasCommand({
      FunctionName: name,
      Name: alias,
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: {} },
    });
    await this.#client.send(update).catch((cause: unknown) => {
      throw outsideFailure(`moving ${hop} to version ${version}`, 'write', cause);
    });
  }

  async dryRun(hop: string, version: string, portfolio: string): Promise<DryRunResult> {
    const { name } = functionAndAlias(this.#functions.get(hop) ?? '');
    return dryRunVersion(this.#calling, `${name}:${version}`, portfolio);
  }

  async #release(hop: string, name: string, alias: string): Promise<Release> {
    try {
      const { FunctionVersion: version = '' } = await this.#client.send(new GetAliasCommand({ FunctionName: name, Name: alias }));
      const versions = await this.#versions(name);
      const previous = versions.filter((each) => Number(each.Version) < Number(version)).at(-1);
      return {
        hop,
        alias,
        version,
        madeAt: versions.find((each) => each.Version === version)?.LastModified ?? 'unknown',
        previous: previous === undefined ? undefined : { version: previous.Version ?? '', madeAt: previous.LastModified ?? 'unknown' },
      };
    } catch (cause) {
      throw outsideFailure(`looking at the versions of ${hop}`, 'read', cause);
    }
  }

  /** Ascending, without what is not released. */
  async #versions(name: string): Promise<readonly FunctionConfiguration[]> {
    const found: FunctionConfiguration[] = [];
    for await (const { Versions = [] } of paginateListVersionsByFunction({ client: this.#client }, { FunctionName: name }))
      found.push(...Versions);
    return found
      .filter(({ Version }) => Version !== undefined && Version !== '$LATEST')
      .sort((a, b) => Number(a.Version) - Number(b.Version));
  }
}

// Whose account this is and what CloudFormation has made in it.
import { type CloudFormationClient, DescribeStacksCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { CloudAccount, DeployedStack } from '../../ports/cloud-account.ts';
import { outsideFailure } from './aws-failure.ts';

export class AwsCloudAccount implements CloudAccount {
  readonly #sts: STSClient;
  readonly #cloudFormation: CloudFormationClient;

  constructor(sts: STSClient, cloudFormation: CloudFormationClient) {
    this.#sts = sts;
    this.#cloudFormation = cloudFormation;
  }

  async identity(): Promise<{ readonly account: string; readonly caller: string; readonly region: string }> {
    try {
      const { Account = '', Arn = '' } = await this.#sts.send(new GetCallerIdentityCommand({}));
      return { account: Account, caller: Arn, region: await this.#sts.config.region() };
    } catch (cause) {
      throw outsideFailure('asking AWS who you are', 'read', cause);
    }
  }

  async stack(name: string): Promise<DeployedStack | undefined> {
    try {
      const { Stacks = [] } = await this.#cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
      const [found] = Stacks;
      if (found === undefined) return undefined;
      const outputs = (found.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
        OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue] as const],
      );
      return { status: found.StackStatus ?? 'unknown', outputs: Object.fromEntries(outputs) };
    } catch (cause) {
      if (isAbsent(cause)) return undefined;
      throw outsideFailure(`looking at the stack ${name}`, 'read', cause);
    }
  }

  async resources(stack: string, type: string): Promise<readonly string[]> {
    const found: string[] = [];
    try {
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client: this.#cloudFormation },
        { StackName: stack },
      )) {
        for (const { ResourceType, LogicalResourceId } of StackResourceSummaries) {
          if (ResourceType === type && LogicalResourceId !== undefined) found.push(LogicalResourceId);
        }
      }
    } catch (cause) {
      if (isAbsent(cause)) return [];
      throw outsideFailure(`listing the resources of ${stack}`, 'read', cause);
    }
    return found;
  }
}

/** CloudFormation has no word of its own for it. */
function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && /does not exist/.test(cause.message);
}

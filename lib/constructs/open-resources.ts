// Acknowledges rights to what is named only in part, to a bucket's folder or to a machine's executions, each under the very name
// that the rules of AWS Solutions give it: a right to anything more is found again.
import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** @param resources as the rules write them: intrinsics in angle brackets. */
export function acknowledgeOpen(owner: Construct, reason: string, ...resources: readonly string[]): void {
  Validations.of(owner).acknowledge(...resources.map((resource) => ({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason })));
}

/** How the rules write an attribute of a resource. */
export function written(of: Construct, attribute: string): string {
  return `<${Stack.of(of).getLogicalId(of.node.defaultChild as CfnElement)}.${attribute}>`;
}

/** How they write an ARN of this account, region and partition. */
export function writtenArn(service: string, resource: string): string {
  return `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}`;
}

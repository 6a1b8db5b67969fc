// The AWS account of whoever types a command, and what is deployed in it.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { AwsCloudAccount } from '../adapters/aws/cloud-account.ts';
import type { CloudAccount } from '../ports/cloud-account.ts';

export function awsCloudAccount(): CloudAccount {
  return new AwsCloudAccount(new STSClient(clientSettings()), new CloudFormationClient(clientSettings()));
}

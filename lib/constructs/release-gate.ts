// Before the signal's alias moves to a new version, that version has to make today's plan without trading, twice, and come to
// the same: configuration, secrets, calendar, strategy and plan. What it refuses stays undeployed, and CloudFormation takes
// everything back. All traffic moves at once: a function that is called once a day has no traffic to try a tenth of.
import { Aws, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnApplication, CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { HandlerFunction } from './handler-function.ts';
import { ALIAS, type ReleasedFunction } from './released-function.ts';

export interface ReleaseGateProps {
  readonly stage: Stage;
  /** What is deployed through the gate. */
  readonly signal: ReleasedFunction;
  /** Makes the dry run and tells CodeDeploy what came of it. */
  readonly gate: HandlerFunction;
  /** A release during which it rings is rolled back. */
  readonly alarm: Alarm;
}

const GROUP = 'signal';

export class ReleaseGate extends Construct {
  constructor(scope: Construct, id: string, { stage, signal, gate, alarm }: ReleaseGateProps) {
    super(scope, id);
    const application = new CfnApplication(this, 'Application', { applicationName: `evenkeel-${stage}`, computePlatform: 'Lambda' });
    const group = new CfnDeploymentGroup(this, 'Group', {
      applicationName: application.ref,
      deploymentGroupName: GROUP,
      serviceRoleArn: this.#deployer(signal, gate).roleArn,
      deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: true, alarms: [{ name: alarm.alarmName }] },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
    });
    const alias = signal.alias.node.defaultChild as CfnAlias;
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: {
        applicationName: application.ref,
        deploymentGroupName: group.ref,
        beforeAllowTrafficHook: gate.function.functionName,
      },
    };
    signal.alias.node.addDependency(gate);
    gate.role.addToPolicy(
      new PolicyStatement({
        actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
        resources: [`arn:${Aws.PARTITION}:codedeploy:${Aws.REGION}:${Aws.ACCOUNT_ID}:deploymentgroup:evenkeel-${stage}/${GROUP}`],
      }),
    );
  }

  /** Not the managed role, which may move the aliases of every function of the account. */
  #deployer(signal: ReleasedFunction, gate: HandlerFunction): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const signalArns = [signal.function.functionArn, `${signal.function.functionArn}:${ALIAS}`];
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: signalArns,
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [gate.function.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'CodeDeploy looks whether an alarm rings, and CloudWatch answers that for one alarm only to who may ask for all. It is read only.',
    });
    return role;
  }
}

// A bound on what the account spends, told to the owner directly. Of the whole account: costs can be told apart by tag only
// after a person has said so in the billing console, and a budget that silently counts nothing is worse than a wide one.
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

export interface SpendingBudgetProps {
  readonly stage: Stage;
  readonly monthlyUsd: number;
  readonly ownerTopic: ITopic;
}

export class SpendingBudget extends Construct {
  constructor(scope: Construct, id: string, { stage, monthlyUsd, ownerTopic }: SpendingBudgetProps) {
    super(scope, id);
    const tell = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'SNS', address: ownerTopic.topicArn }],
    });
    new CfnBudget(this, 'Resource', {
      budget: {
        budgetName: `evenkeel-${stage}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
    });
  }
}

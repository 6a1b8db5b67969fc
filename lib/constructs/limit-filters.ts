// Counts the calls of a function that came near its limits, from the line that Lambda writes after each call. AWS has no
// metric for memory; one name for all functions makes one alarm of them, and nothing is counted, or paid, while all is well.
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { limitMetricNames } from '../../shared/contracts/metric-names.ts';

export interface LimitFiltersProps {
  readonly logGroup: LogGroup;
  readonly namespace: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** Of the time and of the memory: beyond it, the next call may be the one that is cut off. */
const TIME_SHARE_MAX = 0.8;
const MEMORY_SHARE_MAX = 0.9;

export class LimitFilters extends Construct {
  constructor(scope: Construct, id: string, { logGroup, namespace, timeoutMs, memoryMb }: LimitFiltersProps) {
    super(scope, id);
    const count = (metricName: string, condition: ReportCondition): void => {
      new MetricFilter(this, metricName, {
        logGroup,
        filterPattern: reportLine(condition),
        metricNamespace: namespace,
        metricName,
        metricValue: '1',
      });
    };
    count(limitMetricNames.nearTimeout, { durationMs: timeoutMs * TIME_SHARE_MAX });
    count(limitMetricNames.nearMemoryLimit, { memoryMb: Math.floor(memoryMb * MEMORY_SHARE_MAX) });
  }
}

type ReportCondition = { readonly durationMs: number } | { readonly memoryMb: number };

/** `REPORT RequestId: … Duration: 12.3 ms Billed Duration: 13 ms Memory Size: 512 MB Max Memory Used: 180 MB …`, word by word. */
function reportLine(condition: ReportCondition) {
  const duration = 'durationMs' in condition ? `duration > ${condition.durationMs}` : 'duration';
  const memory = 'memoryMb' in condition ? `used > ${condition.memoryMb}` : 'used';
  const words = [
    'report = REPORT',
    ...['requestLabel', 'request'],
    ...['durationLabel', duration, 'durationUnit'],
    ...['billed', 'billedLabel', 'billedDuration', 'billedUnit'],
    ...['memory', 'sizeLabel', 'size', 'sizeUnit'],
    ...['max', 'maxMemory', 'usedLabel', memory, 'usedUnit'],
    '...',
  ];
  return FilterPattern.literal(`[${words.join(', ')}]`);
}

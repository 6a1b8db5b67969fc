// The gate of a release as CodeDeploy calls it.
import { awsGate } from '../../shared/wiring/aws-gate.ts';
import { gateHandler } from './gate-handler.ts';

export const handler = gateHandler(awsGate);

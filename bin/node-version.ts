// Says in words what would otherwise be a puzzling failure: which Node runs this.
import { RefusedDeployment } from '../lib/refused-deployment.ts';

const MAJOR_MIN = 24;

/** @throws RefusedDeployment when this Node is older than the one the product is tested and deployed on. */
export function assertNodeVersion(version: string): void {
  if (Number.parseInt(version, 10) >= MAJOR_MIN) return;
  throw new RefusedDeployment(
    `evenkeel needs Node ${MAJOR_MIN} or newer and runs on ${version}: use "npx cdk", which brings the right one, or install it (.nvmrc)`,
  );
}

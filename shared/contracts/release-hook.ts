// What CodeDeploy hands to the hook of a deployment, and wants to be told again with the verdict.
import * as z from 'zod';

/** Other keys may come with another release of CodeDeploy. */
export const releaseHook = z.object({ DeploymentId: z.string().min(1), LifecycleEventHookExecutionId: z.string().min(1) });
export type ReleaseHook = z.infer<typeof releaseHook>;

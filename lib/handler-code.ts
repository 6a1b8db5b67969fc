// The code of a function as an asset: the bundled handler, the portfolio files, and of which sources it is where that is asked for.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { SWEEP_SOURCE_FILE } from '../shared/contracts/sweep-batch.ts';
import { bundleHandler } from './bundling.ts';
import { deployPortfolioFiles, needSolver } from './portfolio-files.ts';
import type { PortfolioAsset } from './stage.ts';

/** @param entry the handler's file, absolute. @param source hash of its sources, written beside the code. */
export function handlerCode(entry: string, portfolioFiles: readonly PortfolioAsset[], source?: string): AssetCode {
  const portfolios = portfolioFiles.map(({ file, live }) => ({ text: readFileSync(file, 'utf8'), live }));
  return Code.fromAsset(dirname(entry), {
    // By what comes out: the same code is not deployed twice because a comment changed.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      local: {
        tryBundle(codeFolder) {
          bundleHandler(entry, codeFolder, needSolver(portfolioFiles));
          deployPortfolioFiles(portfolioFiles, codeFolder);
          if (source !== undefined) writeFileSync(join(codeFolder, SWEEP_SOURCE_FILE), source);
          return true;
        },
      },
      // Never pulled: it is asked for only where the local way declines, and that never does.
      image: DockerImage.fromRegistry('none'),
      // Tells assets apart that are made from the same folder: one app bundles each of them once.
      environment: { entry: relative(dirname(entry), entry), portfolios: JSON.stringify(portfolios), source: source ?? '' },
    },
  });
}

// The page around the sections: head, navigation, the switch between light and dark. It may load nothing and run nothing but its own
// few lines, and its policy makes the browser hold it to that.
import { createHash } from 'node:crypto';
import { count, plain } from './figure-text.ts';
import { Html, html } from './html.ts';
import { type Section, sectionMarkup } from './sections/section.ts';
import type { Sheet } from './sheet.ts';
import { stylesheet } from './stylesheet.ts';
import { THEME_SCRIPT } from './theme-script.ts';

export function pageMarkup({ result, metrics, dates, benchmark, extras }: Sheet, sections: readonly Section[]): string {
  const hash = createHash('sha256').update(THEME_SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const title = `${result.name}: backtest ${dates[0]} to ${dates.at(-1)}`;
  const subtitle = [
    `${dates[0]} to ${dates.at(-1)}`,
    `${plain(metrics.years, 1)} years`,
    `${count(result.dates.length)} bars`,
    ...(benchmark === undefined ? [] : [`beside ${benchmark.symbol}`]),
  ].join(' · ');
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<title>${title}</title>
<style>${new Html(stylesheet())}</style>
</head>
<body>
<a class="skip" href="#summary">Skip to the summary</a>
<header>
<div class="bar"><p class="mark-of">evenkeel <span>${extras.command ?? 'backtest'}</span></p><button type="button" id="theme" hidden="hidden">Dark</button></div>
<h1>${result.name}</h1>
<p class="subtitle">${subtitle}</p>
</header>
<nav aria-label="Sections"><ul>${sections.map((section) => html`<li><a href="#${section.id}">${section.word}</a></li>`)}</ul></nav>
<main>
${sections.map(sectionMarkup)}</main>
<footer><p>Made by evenkeel ${extras.version} from past prices. The past promises nothing, and this is no advice.</p></footer>
<script>${new Html(THEME_SCRIPT)}</script>
</body>
</html>
`.markup;
}

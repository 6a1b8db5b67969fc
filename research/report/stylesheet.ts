// How the report looks: light and dark, on a phone, on a desk, on paper. Colours are told apart by those who do not see red and green,
// and stand out from what is behind them by at least 4.5 to 1 where they are text.

/** Light and dark of each colour. Those of parts begin with Okabe and Ito's. */
export const COLORS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  page: ['#f7f6f2', '#11151a'],
  surface: ['#ffffff', '#181d24'],
  ink: ['#1a1e23', '#e8eaed'],
  faint: ['#565d66', '#a6aeb8'],
  rule: ['#e0ddd5', '#2d343e'],
  grid: ['#ebe9e3', '#28303a'],
  axis: ['#a3a8ae', '#56606c'],
  own: ['#0b5ea8', '#62adf2'],
  other: ['#b4530a', '#f0a25a'],
  gained: ['#4d9be0', '#2f7fca'],
  lost: ['#f0965a', '#b9591c'],
  held: ['#05664a', '#4ccba0'],
  failed: ['#a63a0a', '#ffa27a'],
  caution: ['#fdf4df', '#2c2614'],
  'caution-rule': ['#e2b64a', '#8a6d1f'],
  'part-1': ['#0b5ea8', '#3c8fdc'],
  'part-2': ['#e69f00', '#e8a91f'],
  'part-3': ['#009e73', '#14b085'],
  'part-4': ['#cc79a7', '#d58bb4'],
  'part-5': ['#56b4e9', '#7cc7f0'],
  'part-6': ['#d55e00', '#e5762a'],
  'part-7': ['#d9cb2f', '#f0e442'],
  'part-8': ['#7d828a', '#8d949d'],
  cash: ['#dad7ce', '#3b444f'],
};

export function stylesheet(): string {
  const [light, dark] = [variables(0), variables(1)];
  return `:root{${light}color-scheme:light}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}color-scheme:dark}}
:root[data-theme=dark]{${dark}color-scheme:dark}
${SCREEN}
@media (max-width:700px){${PHONE}}
@media print{:root,:root[data-theme],:root:not([data-theme=light]){${light}color-scheme:light}${PAPER}}
`;
}

function variables(theme: 0 | 1): string {
  return Object.entries(COLORS)
    .map(([name, colors]) => `--${name}:${colors[theme]};`)
    .join('');
}

const SCREEN = `*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:3.5rem}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:1.25rem}
.bar{display:flex;align-items:center;justify-content:space-between;min-height:2.25rem}
.mark-of{margin:0;font-weight:650;letter-spacing:.01em}
.mark-of span{color:var(--faint);font-weight:400}
#theme{font:inherit;font-size:.875rem;color:var(--ink);background:var(--surface);border:1px solid var(--rule);border-radius:999px;padding:.35rem .95rem;cursor:pointer}
h1{font-size:2.25rem;line-height:1.15;letter-spacing:-.02em;margin:1.5rem 0 .35rem;overflow-wrap:anywhere}
.subtitle{margin:0 0 1.25rem;color:var(--faint)}
nav{position:sticky;top:0;z-index:2;background:var(--page);border-block:1px solid var(--rule)}
nav ul{max-width:66rem;margin:0 auto;padding:0 1.5rem;list-style:none;display:flex;gap:1rem;overflow-x:auto;scrollbar-width:none}
nav li{flex:none}
nav a{display:block;padding:.6rem 0;font-size:.84rem;color:var(--faint);text-decoration:none;white-space:nowrap}
nav a:hover{color:var(--ink)}
:focus-visible{outline:3px solid var(--own);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--surface);color:var(--ink);padding:.5rem 1rem;z-index:3}
section{padding-top:2.5rem}
h2{font-size:1.4rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 1rem}
h3,figcaption,caption{font-size:.95rem;font-weight:600;line-height:1.4}
h3{margin:0 0 .5rem}
p{margin:.5rem 0}
.lead{max-width:46rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.note{font-size:.83rem;color:var(--faint);margin:.35rem 0 0;max-width:50rem}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;margin:0;background:var(--rule);border:1px solid var(--rule);border-radius:14px;overflow:hidden}
.tile{background:var(--surface);padding:.95rem 1.1rem}
.tile dt{font-size:.83rem;color:var(--faint)}
.tile dd{margin:0}
.tile .value{font-size:1.6rem;line-height:1.3;font-weight:620;letter-spacing:-.02em}
.tile .beside{font-size:.83rem;color:var(--faint)}
.reading{max-width:46rem;margin-top:1.25rem;font-size:1.06rem}
.warnings{margin:0;padding:0;list-style:none;display:grid;gap:.5rem}
.warnings li{background:var(--caution);border-left:4px solid var(--caution-rule);border-radius:6px;padding:.6rem .9rem;font-size:.93rem}
.warnings strong{display:block}
.chart{margin:0 0 1.5rem;background:var(--surface);border:1px solid var(--rule);border-radius:14px;padding:1rem 1.1rem .9rem}
.chart svg{display:block;width:100%;height:auto;margin-top:.4rem}
.chart svg text{font-size:12px}
.chart svg.narrow{display:none}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;margin:.3rem 0 0;padding:0;font-size:.83rem;color:var(--faint)}
.legend li{display:flex;align-items:center;gap:.4rem}
.key{width:1.1rem;height:.6rem;border-radius:2px;background:var(--key)}
.key.dashed{height:0;border-radius:0;background:none;border-top:2.5px dashed var(--key)}
.choice{border:0;margin:0 0 .75rem;padding:0;display:inline-flex;background:var(--surface);border:1px solid var(--rule);border-radius:999px}
.choice input{position:absolute;opacity:0}
.choice label{padding:.3rem .95rem;font-size:.875rem;border-radius:999px;color:var(--faint);cursor:pointer}
.choice input:checked+label{background:var(--ink);color:var(--page)}
.choice input:focus-visible+label{outline:3px solid var(--own);outline-offset:2px}
body:has(#scale-linear:checked) .on-log,body:has(#scale-log:checked) .on-linear{display:none}
details{margin-top:.6rem;font-size:.875rem}
summary{cursor:pointer;color:var(--faint);width:fit-content}
details .scroll{max-height:22rem;margin-top:.5rem}
.scroll{overflow:auto;margin-bottom:1.25rem;container-type:inline-size}
details .scroll{margin-bottom:0}
.tall .scroll{max-height:32rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
caption{text-align:left;padding-bottom:.4rem}
.scroll caption span{display:inline-block;position:sticky;left:0;max-width:100cqw}
th,td{padding:.34rem .7rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;font-weight:400}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;color:var(--faint);border-bottom-color:var(--axis);vertical-align:bottom;white-space:nowrap}
.tall thead th,details thead th{position:sticky;top:0;background:var(--page)}
details thead th{background:var(--surface)}
.figure{text-align:right;white-space:nowrap}
td.text{white-space:normal}
td.date,th.date{white-space:nowrap}
td small,th small{display:block;color:var(--faint);font-size:.78rem}
code{font-size:.8rem;overflow-wrap:anywhere}
.columns{columns:2;column-gap:2.5rem}
.columns .scroll{break-inside:avoid}
.months{font-size:.8rem;border-collapse:separate;border-spacing:2px}
.months th,.months td{border:0;text-align:right;padding:.3rem .35rem;white-space:nowrap}
.months tr>th:first-child{text-align:left;position:sticky;left:0;background:var(--page);z-index:1;color:var(--faint)}
.months td{border-radius:3px;min-width:2.9rem}
.months .gained{background:color-mix(in srgb,var(--gained) calc(var(--strength)*.72),var(--surface))}
.months .lost{background:color-mix(in srgb,var(--lost) calc(var(--strength)*.72),var(--surface))}
.months .year{font-weight:650;background:none}
.months+.note,.scroll+.note{margin-bottom:1.5rem}
.mark{white-space:nowrap;font-weight:600}
.mark.held{color:var(--held)}
.mark.failed{color:var(--failed)}
.mark.untold,.mark.unasked{color:var(--faint)}
.tally{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0 1.75rem;padding:0}
.tally li{background:var(--surface);border:1px solid var(--rule);border-radius:999px;padding:.3rem .95rem;font-size:.93rem}
.checks{list-style:none;margin:0 0 1.75rem;padding:0;background:var(--surface);border:1px solid var(--rule);border-radius:14px;font-size:.9rem;line-height:1.4}
.checks li{display:grid;grid-template-columns:minmax(0,1fr) 6rem 14rem 7rem;column-gap:1.25rem;padding:.6rem 1.1rem}
.checks li+li{border-top:1px solid var(--rule)}
.checks b{grid-area:1/1}
.checks small{grid-area:2/1;color:var(--faint);font-size:.82rem}
.checks .found,.checks .wanted,.checks .mark{grid-row:1/span 2;align-self:center}
.checks .found{grid-column:2;text-align:right;font-weight:600}
.checks .wanted{grid-column:3;color:var(--faint)}
.checks .mark{grid-column:4}
.checks .found .of{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.reasons{padding-left:1.2rem;font-size:.93rem}
.reasons li{margin:.3rem 0}
.signature{font-size:.93rem;max-width:50rem;margin-block:.8rem 1.2rem}
.verdict+.lead{margin-top:1rem}
.verdict{background:var(--surface);border:1px solid var(--rule);border-left:6px solid var(--faint);border-radius:10px;padding:.9rem 1.1rem}
.verdict strong{font-size:1.25rem;letter-spacing:.03em;margin-right:.5rem}
.verdict.scale{border-left-color:var(--held)}.verdict.kill,.verdict.refused{border-left-color:var(--failed)}.verdict.iterate{border-left-color:var(--caution-rule)}
footer{padding-block:2.5rem 3rem;color:var(--faint);font-size:.83rem}
`;

const PHONE = `header,main,footer,nav ul{padding-inline:1rem}
h1{font-size:1.7rem;margin-top:1rem}
h2{font-size:1.25rem}
section{padding-top:2rem}
.tiles{grid-template-columns:repeat(2,1fr)}
.tile{padding:.7rem .8rem}
.tile .value{font-size:1.3rem}
.reading{font-size:1rem}
.chart{margin-inline:-1rem;border-radius:0;border-inline:0;padding-inline:1rem}
.chart svg.wide{display:none}.chart svg.narrow{display:block}
.columns{columns:1}
.checks{margin-inline:-1rem;border-radius:0;border-inline:0}
.checks li{grid-template-columns:auto minmax(0,1fr) auto;padding:.65rem 1rem;column-gap:.75rem}
.checks b{grid-area:1/1/2/3}
.checks small{grid-area:2/1/3/4}
.checks .mark{grid-area:1/3;align-self:start}
.checks .found{grid-area:3/1;text-align:left;align-self:start}
.checks .wanted{grid-area:3/2/4/4;align-self:start}
.checks .found .of{position:static;clip-path:none;color:var(--faint);font-weight:400}
table{font-size:.82rem}
th,td{padding-inline:.45rem}
.months td{min-width:2.6rem}
`;

const PAPER = `@page{margin:13mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{background:#fff;font-size:10pt}
header,main,footer{max-width:none;padding:0}
nav,#theme,.choice,.skip,details{display:none}
body:has(#scale-linear:checked) .on-log,body:has(#scale-log:checked) .on-linear{display:block}
section{padding-top:1.2rem}
h2,h3,figcaption,caption{break-after:avoid}
.chart,.tile,.warnings li,.checks li,tr{break-inside:avoid}
.chart{margin-inline:0;border-radius:8px}
.chart svg.wide{display:block}.chart svg text{font-size:12px}
.chart svg.narrow{display:none}
.scroll,.tall .scroll{overflow:visible;max-height:none}
.tall thead th,.months tr>th:first-child{position:static}
.months{font-size:6.5pt}.months td{min-width:0}
`;

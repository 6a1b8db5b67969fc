// The report as text: well-formed, alone, honest about what it left out. How it looks is for the browser's test.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../research/metrics/metrics.ts';
import type { ReportedValidation, TakenVerdict } from '../../../research/report/report-inputs.ts';
import { COLORS } from '../../../research/report/stylesheet.ts';
import { VERDICTS } from '../../../research/validation/verdict/judge.ts';
import { VERDICT_MEANS } from '../../../research/validation/verdict/verdict-means.ts';
import { aReport, EVERYTHING, reportOf } from './a-report.ts';

const whole = reportOf(aReport({ extras: EVERYTHING }));
const ids = (text: string) => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
const sections = (text: string) => [...text.matchAll(/<section id="([^"]*)"/g)].map(([, id = '']) => id);

describe('a tear sheet', () => {
  it('is well-formed: every element is closed where it was opened, and no name is given twice', () => {
    expect(misplacedTags(whole)).toEqual([]);
    expect(ids(whole).filter((id, at, all) => all.indexOf(id) !== at)).toEqual([]);
    const asked = [...whole.matchAll(/(?:href="#|url\(#|aria-labelledby="| for=")([\w-]+)/g)].map(([, id = '']) => id);
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((id) => !ids(whole).includes(id))).toEqual([]);
  });

  it('loads nothing, from anywhere', () => {
    expect(whole).not.toMatch(/https?:|\/\/[a-z]|@import|<link|<img|<iframe|<object|\bsrc=|url\((?!#)/i);
    expect(whole).toContain('default-src &#39;none&#39;');
  });

  it('is the same bytes for the same inputs, however many charts were drawn before', () => {
    expect(reportOf(aReport({ extras: EVERYTHING }))).toBe(whole);
  });

  it('has a table, words and a title for every chart', () => {
    const figures = whole
      .split('<figure ')
      .slice(1)
      .map((rest) => rest.slice(0, rest.indexOf('</figure>')));
    expect(figures.length).toBe(15);
    for (const figure of figures) {
      expect(figure).toMatch(/<figcaption id="[^"]+">[^<]+</);
      expect(figure.match(/<svg class="(?:wide|narrow)" role="img" aria-label="[^"]{20,}"/g)).toHaveLength(2);
      expect(figure).toMatch(/<details class="figures"><summary>.*<table>\s*<caption/s);
      expect(figure.match(/<td/g)?.length ?? 0).toBeGreaterThan(1);
      expect(figure).not.toMatch(/NaN|undefined/);
    }
  });

  it('has every section when everything was done, and none for what was not', () => {
    const optional = ['verdict', 'sensitivity', 'validation'];
    expect(sections(whole)).toEqual([
      'summary',
      'verdict',
      'warnings',
      'equity',
      'falls',
      'calendar',
      'rolling',
      'distribution',
      'holdings',
      'costs',
      'sensitivity',
      'validation',
      'figures',
      'trades',
      'conventions',
    ]);
    const plain = reportOf(aReport());
    expect(sections(plain)).toEqual(sections(whole).filter((id) => !optional.includes(id)));
    expect(plain).not.toMatch(/verdict<|Validation</i);
  });

  it('says of no verdict that it may be traded: that is for the clearance of a run', () => {
    for (const word of VERDICTS) {
      const sheet = reportOf(aReport({ to: '2016-03-31', extras: { verdict: { ...(EVERYTHING.verdict as TakenVerdict), word } } }));
      expect(sheet).toContain(`<strong>${word}</strong> ${VERDICT_MEANS[word]}</p>`);
      expect(sheet).not.toMatch(/may be traded/i);
    }
  });

  it('says what a verdict is, who signed it, and which checks failed', () => {
    for (const said of [
      '<strong>ITERATE</strong>',
      'It did not fail, and it did not meet every condition; a better idea needs a new hypothesis.',
      'cc33',
      'Its signature was checked and holds',
      'on exactly this strategy',
    ])
      expect(whole).toContain(said);
    expect(whole).toContain('20 trials counted, the discarded ones too.');
    for (const [outcome, said] of [
      ['held', '1 holds'],
      ['failed', '1 fails'],
      ['untold', '1 not known'],
      ['unasked', '1 not asked'],
    ])
      expect(whole).toMatch(new RegExp(`<li class="mark ${outcome}"><span aria-hidden="true">.</span> ${said}</li>`));
    expect(whole).toContain(
      'Of 4 checks how far to believe it, 1 holds. What does not: Overfitting. 2 others could not be told or are not asked of it.',
    );
    expect(whole).toMatch(
      /Is it more than chance.*Minimum record.*not defined.*Deflated Sharpe ratio.*0\.971<.*Overfitting.*43\.00\u00a0%</s,
    );
    expect(whole).toMatch(/<strong>60<\/strong> \(this report\).*<th scope="row" class="text">20<.*<b>0<\/b> refused: tree\.filter\.top/s);
    const checks = EVERYTHING.validation?.checks ?? [];
    const said = (trials: ReportedValidation['trials']) =>
      reportOf(aReport({ to: '2016-03-31', extras: { validation: { trials, checks } } }));
    expect(said(null)).toContain('Nobody counted what was tried before');
    expect(said({ count: 25, by: 'family' })).toContain('25 variants of it were looked at here; what was tried before, nobody counted');
  });

  it('says of a verdict that is refused why, and repeats nothing that it says', () => {
    const refused = reportOf(
      aReport({
        extras: { verdict: { kind: 'refused', code: 'bad-signature', detail: 'It was forged, or changed after it was signed.' } },
      }),
    );
    const section = /<section id="verdict".*?<\/section>/s.exec(refused)?.[0] ?? '';
    expect(section).toContain('<strong>Refused</strong> It was forged, or changed after it was signed.');
    expect(section).toContain('Nothing may be traded by it');
    expect(section).not.toMatch(/Signed|holds|SCALE|ITERATE|KILL|INSUFFICIENT/);
  });

  it('escapes whatever a file may be called', () => {
    const name = `</title><script>alert("x")</script> & 'friends'`;
    const text = reportOf(aReport({ name, to: '2016-12-30', extras: { file: '<b>.yaml' } }));
    expect(misplacedTags(text)).toEqual([]);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toContain('&lt;b&gt;.yaml');
  });

  it('says small costs with the same digits under its figures as in its summary', () => {
    const report = aReport();
    const text = reportOf({ ...report, metrics: { ...report.metrics, costs: 0.000017 } });
    expect(text.match(/0\.17\u00a0bps/g)?.length).toBeGreaterThanOrEqual(2);
    const figures = text.slice(text.indexOf('id="figures"'));
    expect(figures).toMatch(/Costs a year<small>of the mean equity<\/small><\/th><td class="figure">0\.17\u00a0bps/);
  });

  it('warns of what was found, and of what prices cannot say', () => {
    expect(whole).toContain('<strong>Short history</strong> 2.0 years say little of a strategy.');
    expect(reportOf(aReport({ assets: 2 }))).toContain('Both symbols still have prices on 2019-12-31');
    expect(reportOf(aReport({ assets: 1 }))).toContain('Its only symbol still has prices on 2019-12-31');
    expect(whole).toContain('All 3 symbols still have prices on 2019-12-31');
    const said = 'Decisions are filled at the very close that they were made on';
    const decided = (decideOn: 'live-quote' | 'last-close', options = {}) => reportOf(aReport({ decideOn, options, to: '2016-12-30' }));
    expect(decided('last-close')).not.toContain(said);
    expect(decided('last-close', { fill: 'same-close' })).toContain(said);
    // The file asks for it, whatever the options say nothing of.
    expect(decided('live-quote')).toContain(said);
    expect(decided('live-quote', { fill: 'next-close' })).not.toContain(said);
    expect(decided('live-quote')).toContain('as the file says: at the close that was decided on');
  });

  it('shows the latest hundred trades and says how many there were', () => {
    const { result, metrics, extras } = aReport();
    const text = reportOf({ result, metrics, extras });
    const rows = /<section id="trades".*?<tbody>(.*?)<\/tbody>/s.exec(text)?.[1]?.match(/<tr>/g);
    expect(rows).toHaveLength(100);
    expect(text).toContain(`The latest 100 of ${result.trades.bar.length} are shown`);
    expect(result.trades.bar.length).toBeGreaterThan(100);
  });

  it('says which points it drew where there are too many', () => {
    // 1,006 sessions and the start are fewer than 1,500; ten years are not.
    const equity = (text: string) => /<figure class="chart" id="equity-log".*?<\/figure>/s.exec(text)?.[0] ?? '';
    expect(equity(whole)).not.toContain('Drawn at');
    const long = reportOf(aReport({ from: '2010-01-04' }));
    // 522 weeks, and the start beside the last day of its own.
    expect(equity(long)).toMatch(/Drawn at the last close of each week: 523 of 2,516 points\./);
    expect(long).toContain('Drawn with the deepest close of each week, so that no fall is left out.');
  });

  it('shows the largest eight of what was held, and all others as one', () => {
    const text = reportOf(aReport({ assets: 12, to: '2016-12-30' }));
    const legend = /<figure class="chart" id="allocation".*?<ul class="legend">(.*?)<\/ul>/s.exec(text)?.[1] ?? '';
    expect(legend.match(/<li>/g)).toHaveLength(9);
    expect(legend).toContain('5 others');
  });

  it('needs neither a benchmark nor a year', () => {
    const text = reportOf(aReport({ to: '2016-03-31', hasBenchmark: false }));
    expect(misplacedTags(text)).toEqual([]);
    expect(sections(text)).not.toContain('rolling');
    expect(text).not.toMatch(/NaN|>undefined|>null/);
  });

  it('says so where nothing moved, nothing was paid and nothing fell', () => {
    const { result, extras } = aReport({
      to: '2016-06-30',
      hasBenchmark: false,
      options: { costs: { ...aReport().extras.options.costs, halfSpreadBps: 0 } },
    });
    const still = { ...result, equity: result.equity.map(() => result.start.equity), returns: result.returns.map(() => 0) };
    const text = reportOf({ result: still, metrics: metricsOf(still), extras });
    expect(text).toContain('No cost was counted');
    expect(text).toContain('It never closed below an earlier high.');
    expect(sections(text)).not.toContain('distribution');
    expect(text).toMatch(/Sharpe ratio<\/dt><dd class="value">not defined</);
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it('refuses a benchmark on other bars', () => {
    const { result, metrics, extras } = aReport({ to: '2016-03-31' });
    expect(() => reportOf({ result, metrics, extras: { ...extras, benchmark: { symbol: 'A', returns: new Float64Array(3) } } })).toThrow(
      'the benchmark has 3 returns',
    );
  });

  it('is whole for any span and number of assets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 10 }), fc.boolean(), (days, assets, hasBenchmark) => {
        const to = new Date(Date.UTC(2016, 0, 11 + days)).toISOString().slice(0, 10) as `${number}-${number}-${number}`;
        const text = reportOf(aReport({ to, assets, hasBenchmark }));
        expect(misplacedTags(text)).toEqual([]);
        expect(text).not.toMatch(/NaN|>undefined|Infinity/);
      }),
      { numRuns: 5 },
    );
  });

  it('of twenty years and many assets is at most 2 MB', () => {
    const text = reportOf(aReport({ from: '2000-01-03', assets: 12, extras: EVERYTHING }));
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
  });
});

describe('its colours', () => {
  // Text on what it stands on: 4.5 to 1. Lines and areas on the surface: 3 to 1, parts of a whole aside, which their legend names.
  const text = (['ink', 'faint', 'held', 'failed'] as const).flatMap((ink) =>
    (['page', 'surface', 'caution'] as const).map((on) => [ink, on, 4.5] as const),
  );
  const lines = (['own', 'other'] as const).map((line) => [line, 'surface', 3] as const);
  it.each([...text, ...lines])('%s on %s stand out by %d to 1, light and dark', (ink, on, least) => {
    for (const theme of [0, 1] as const) expect(contrast(COLORS[ink]![theme], COLORS[on]![theme])).toBeGreaterThan(least);
  });

  it('leave the figures of the strongest month readable', () => {
    for (const theme of [0, 1] as const)
      for (const color of ['gained', 'lost'] as const) {
        const mixed = mix(COLORS[color]![theme], COLORS['surface']![theme], 0.72);
        expect(contrast(COLORS['ink']![theme], mixed)).toBeGreaterThan(4.5);
      }
  });
});

const VOID = new Set(['meta', 'input', 'br']);

/** What is closed without having been opened, left open, or void and not closed in itself. */
function misplacedTags(text: string): string[] {
  const bare = text.replace(/^<!DOCTYPE html>/, '').replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>');
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, slash = '', name = '', , self = ''] of bare.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (self === '/') wrong.push(...(VOID.has(name) ? [] : [tag]));
    else if (VOID.has(name)) wrong.push(tag);
    else if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  // Whatever begins like a tag and was not read as one.
  const unread = bare.replace(/<\/?[a-zA-Z][\w-]*(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '').match(/<.{0,40}/g) ?? [];
  return [...wrong, ...open, ...unread];
}

/** Source: WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
}

function mix(color: string, on: string, part: number): string {
  const [own, under] = [channels(color), channels(on)];
  return `#${own
    .map((each, at) =>
      Math.round(255 * (each * part + (under[at] ?? 0) * (1 - part)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

// The report in a real browser, on a desk and on a phone, light and dark: that everything is drawn, nothing overlaps, nothing is
// fetched, and that it can be read and used without a mouse.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReport, EVERYTHING, reportOf } from './a-report.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'];
const executablePath = process.env['EVENKEEL_CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
const reason = executablePath === undefined ? ' (left out: no Chromium on this machine; EVENKEEL_CHROMIUM names one)' : '';

const SCREENS = [
  { name: 'a desk, light', width: 1280, colorScheme: 'light' },
  { name: 'a desk, dark', width: 1280, colorScheme: 'dark' },
  { name: 'a phone, light', width: 390, colorScheme: 'light' },
  { name: 'a phone, dark', width: 390, colorScheme: 'dark' },
] as const;

describe.skipIf(executablePath === undefined)(`a tear sheet in a browser${reason}`, () => {
  let browser: Browser;
  let folder = '';
  let address = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'evenkeel-report-'));
    const file = join(folder, 'report.html');
    writeFileSync(file, reportOf(aReport({ from: '2010-01-04', assets: 6, extras: EVERYTHING })));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; said: string[]; asked: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    return { page, said, asked };
  }

  it.each(SCREENS)(
    'on $name draws every chart, fetches nothing, overlaps nothing and stays within the screen',
    async ({ width, colorScheme }) => {
      const { page, said, asked } = await open(width, colorScheme);
      expect([said, asked]).toEqual([[], [address]]);
      const seen = await page.evaluate(LOOK);
      expect(seen.charts.length).toBe(14);
      for (const chart of seen.charts) {
        expect(chart.label.length, chart.id).toBeGreaterThan(20);
        expect(chart.width, chart.id).toBeGreaterThan(width === 390 ? 330 : 900);
        expect(chart.height, chart.id).toBeGreaterThan(120);
        expect(chart.marks, chart.id).toBeGreaterThan(4);
        expect(chart.overlapping, chart.id).toEqual([]);
        expect(chart.outside, chart.id).toEqual([]);
      }
      expect(seen.scrollWidth).toBe(width);
      expect(seen.cutOff).toEqual([]);
      expect(seen.captions.length).toBeGreaterThan(5);
      for (const { said, right, isWhole } of seen.captions) expect([right <= width, isWhole], said).toEqual([true, true]);
      await page.close();
    },
    60_000,
  );

  it.each(SCREENS)(
    'on $name every text stands out from what is behind it by 4.5 to 1',
    async ({ width, colorScheme }) => {
      const { page } = await open(width, colorScheme);
      const { faint, looked } = await page.evaluate(CONTRAST);
      expect(looked).toBeGreaterThan(300);
      expect(faint).toEqual([]);
      await page.close();
    },
    60_000,
  );

  it('has landmarks, headings in order, names for everything that can be used, and heads in every table', async () => {
    const { page } = await open(1280, 'light');
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const) expect(await page.getByRole(role).count(), role).toBe(1);
    expect(await page.getByRole('region').count()).toBeGreaterThan(20);
    expect(await page.getByRole('img').count()).toBe(14);
    const levels = await page.$$eval('h1,h2,h3,h4', (all) => all.map((each) => Number(each.tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, at) => at > 0 && level > (levels[at - 1] as number) + 1)).toEqual([]);
    const nameless = await page.$$eval('a,button,summary,input', (all) =>
      all
        .filter((each) => (each.textContent ?? '').trim() === '' && each.getAttribute('aria-label') === null && !('labels' in each))
        .map((each) => each.outerHTML),
    );
    expect(nameless).toEqual([]);
    const headless = await page.$$eval(
      'table',
      (all) =>
        all.filter(
          (each) => each.caption === null || [...each.querySelectorAll('thead th')].some((head) => head.textContent?.trim() === ''),
        ).length,
    );
    expect(headless).toBe(0);
    await page.close();
  }, 60_000);

  it.each(SCREENS)(
    'on $name shows each check whole, with what was found, what was wanted and a word for it, and none over another',
    async ({ width, colorScheme }) => {
      const { page } = await open(width, colorScheme);
      const checks = await page.evaluate(CHECKS);
      expect(checks.map(({ said }) => said)).toEqual([
        ['Minimum record', 'found not defined', 'wanted less than there is', '? not known'],
        ['Permuted markets', 'found 0.310', 'wanted nothing: a policy claims no edge', '– not asked'],
        ['Deflated Sharpe ratio', 'found 0.971', 'wanted at least 0.95', '✓ holds'],
        ['Overfitting', 'found 43.00 %', 'wanted at most 20 %', '✗ fails'],
      ]);
      for (const { said, overlapping, isWithin } of checks) expect([overlapping, isWithin], said[0]).toEqual([[], true]);
      const list = page.getByRole('list', { name: 'Was it only the best of many tries?' });
      expect(await list.getByRole('listitem').count()).toBe(2);
      expect(await page.getByRole('region', { name: 'Verdict' }).getByText('Its signature was checked and holds').isVisible()).toBe(true);
      expect(await page.getByRole('region', { name: 'What the verdict is bound to' }).getByText('aa11'.repeat(16)).isVisible()).toBe(true);
      await page.close();
    },
    60_000,
  );

  it('changes between light and dark by its button, and between its scales, by keyboard alone', async () => {
    const { page } = await open(1280, 'dark');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor') as Promise<string>;
    const dark = await ground();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Tab');
    const button = page.getByRole('button', { name: 'Show in light colours' });
    expect(await button.evaluate((each) => each === each.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    expect(await ground()).not.toBe(dark);
    await page.getByRole('button', { name: 'Show in dark colours' }).press('Space');
    expect(await ground()).toBe(dark);

    expect(await page.locator('#equity-log').isVisible()).toBe(true);
    await page.getByRole('radio', { name: 'Log' }).focus();
    await page.keyboard.press('ArrowRight');
    expect([await page.locator('#equity-log').isVisible(), await page.locator('#equity-linear').isVisible()]).toEqual([false, true]);
    await page.locator('#underwater summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#underwater table').isVisible()).toBe(true);
    await page.close();
  }, 60_000);

  it('on paper is light, shows both scales and hides what only a screen can do', async () => {
    const { page } = await open(1280, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')")).toBe('#1a1e23');
    for (const id of ['#equity-log', '#equity-linear']) expect(await page.locator(id).isVisible()).toBe(true);
    for (const id of ['nav', '#theme', 'details']) expect(await page.locator(id).first().isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(50_000);
    await page.close();
  }, 60_000);
});

interface Look {
  readonly charts: readonly {
    readonly id: string;
    readonly label: string;
    readonly width: number;
    readonly height: number;
    readonly marks: number;
    readonly overlapping: readonly string[];
    readonly outside: readonly string[];
  }[];
  readonly scrollWidth: number;
  readonly cutOff: readonly string[];
  /** Those that are shown, as they stand and once their table was scrolled to its end. */
  readonly captions: readonly { readonly said: string; readonly right: number; readonly isWhole: boolean }[];
}

// What runs in the page is text: the types of a browser are not those of this project.
const LOOK = `(() => {
  const shown = [...document.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
  const charts = shown.map((svg) => {
    const box = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect() }));
    const overlapping = texts.flatMap((one, at) => texts.slice(at + 1)
      .filter((other) => one.box.left < other.box.right && other.box.left < one.box.right && one.box.top + 2 < other.box.bottom && other.box.top + 2 < one.box.bottom)
      .map((other) => one.said + ' / ' + other.said));
    const outside = texts.filter(({ box: text }) => text.left < box.left - 1 || text.right > box.right + 1 || text.bottom > box.bottom + 1).map(({ said }) => said);
    return { id: svg.closest('figure').id, label: svg.getAttribute('aria-label'), width: box.width, height: box.height,
      marks: svg.querySelectorAll('path').length, overlapping, outside };
  });
  const cutOff = [...document.querySelectorAll('.tile *, h1, h2, h3, figcaption, .warnings li, .legend li, .tally li, .checks li, .checks li *:not(.of), .verdict, .reasons li, .signature')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline').map((each) => each.textContent);
  const captions = [...document.querySelectorAll('.scroll caption:not(.unseen) span')].filter((each) => each.getClientRects().length > 0).flatMap((each) => {
    const around = each.closest('.scroll');
    const looked = [0, around.scrollWidth].map((left) => {
      around.scrollLeft = left;
      const [box, frame] = [each.getBoundingClientRect(), around.getBoundingClientRect()];
      return { said: each.textContent, right: box.right, isWhole: box.left >= frame.left - 1 && box.right <= frame.right + 1 };
    });
    around.scrollLeft = 0;
    return looked;
  });
  return { charts, captions, scrollWidth: document.documentElement.scrollWidth, cutOff };
})()` as unknown as () => Look;

interface LookedCheck {
  readonly said: readonly string[];
  readonly overlapping: readonly string[];
  readonly isWithin: boolean;
}

const CHECKS = `[...document.querySelectorAll('.checks li')].map((check) => {
  const parts = ['b', 'small', '.found', '.wanted', '.mark'].map((part) => check.querySelector(part));
  const plain = (each) => each.textContent.replace(/\\s+/g, ' ').trim();
  const boxes = parts.map((each) => ({ said: plain(each), box: each.getBoundingClientRect() }));
  const overlapping = boxes.flatMap((one, at) => boxes.slice(at + 1)
    .filter((other) => one.box.left < other.box.right && other.box.left < one.box.right && one.box.top + 1 < other.box.bottom && other.box.top + 1 < one.box.bottom)
    .map((other) => one.said + ' / ' + other.said));
  const around = check.getBoundingClientRect();
  const isWithin = boxes.every(({ box }) => box.width > 0 && box.left >= around.left && box.right <= around.right + 1 && box.bottom <= around.bottom + 1);
  return { said: [parts[0], ...parts.slice(2)].map(plain), overlapping, isWithin };
})` as unknown as () => readonly LookedCheck[];

const CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (rgb) => rgb.slice(0, 3).map((each) => each / 255).map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => { for (let each = element; each; each = each.parentElement) { const color = read(getComputedStyle(each).backgroundColor); if (color[3] > 250) return color; } return [255, 255, 255]; };
  const faint = [];
  let looked = 0;
  for (const element of document.querySelectorAll('body *:not(script)')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own || element.getClientRects().length === 0 || element.closest('.unseen, .skip')) continue;
    const style = getComputedStyle(element);
    const [ink, ground] = [light(read(element.closest('svg') ? style.fill : style.color)), light(behind(element))];
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    looked += 1;
    if (ratio < 4.5) faint.push(element.textContent.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return { faint, looked };
})()` as unknown as () => { faint: string[]; looked: number };

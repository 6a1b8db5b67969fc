// What a result hangs on, as the report shows it: slippage, the day it begins, the values that were varied.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { excessOf } from '../../metrics/ratios.ts';
import { type SettingColumns, settingFigures } from '../../metrics/setting-figures.ts';
import { count, monthName, percent, plain } from '../../report/figure-text.ts';
import type { ReportedFamily, Sensitivity } from '../../report/report-inputs.ts';
import { sharpeOf } from '../statistics/return-shape.ts';
import { START_EVERY, startDates } from '../statistics/start-dates.ts';
import type { SlippageFigures } from './at-slippages.ts';
import type { FamilyMember, FamilyValidation } from './validate-family.ts';

/** @param chosen that of the report. */
export function slippageSensitivity(slippages: readonly SlippageFigures[], chosen: 1 | 2 | 3): Sensitivity {
  return {
    of: 'Slippage',
    says: 'Spread and impact once, twice and three times, all else as it was. A result that does not survive twice its slippage is not one.',
    settings: slippages.map(({ times, ...figures }) => ({ name: `${times}×`, isChosen: times === chosen, ...figures })),
  };
}

/** More are not told apart on a phone. */
const STARTS_SHOWN = 24;

/** The same record without its first months. None where it is shorter than a year and a month. */
export function startSensitivity(record: SettingColumns, barsAYear: number | null): readonly Sensitivity[] {
  const barsMin = Math.ceil(barsAYear ?? Number.POSITIVE_INFINITY);
  const found = startDates(excessOf(record.returns, record.riskFree), { every: START_EVERY, barsMin }, sharpeOf);
  const { starts, lowest, notPositive } = found;
  if (starts.length < 2 || lowest === null || notPositive === null) return [];
  const apart = Math.ceil(starts.length / STARTS_SHOWN);
  const shown = [...starts].filter((_, at) => at % apart === 0);
  const without = Math.round(notPositive * starts.length);
  const gained = without === 0 ? 'each of them earned more than cash' : `${without} of them earned no more than cash`;
  return [
    {
      of: 'Start date',
      says: `The same record from later starts to its end, as long as a year is left: of ${starts.length} starts a month apart, ${gained}.`,
      settings: shown.map((start) => ({ name: dateBefore(record, start).slice(0, 7), isChosen: start === 0, ...from(record, start) })),
    },
  ];
}

function from(record: SettingColumns, bar: number) {
  const { dates, returns, riskFree } = record;
  return settingFigures({
    start: dateBefore(record, bar),
    dates: dates.slice(bar),
    returns: returns.subarray(bar),
    riskFree: riskFree.subarray(bar),
  });
}

function dateBefore({ start, dates }: SettingColumns, bar: number): NewYorkDate {
  return dates[bar - 1] ?? start;
}

/** One for each path: its values in their order, all else as it stands in the file. */
export function parameterSensitivities(family: FamilyValidation): readonly Sensitivity[] {
  return family.varied.map(({ path, values, own }, place) => {
    const settings = values.flatMap((value) => {
      const member = family.members.find(({ values: of }) =>
        family.varied.every((each) => of[each.path] === (each.path === path ? value : each.own)),
      );
      return member === undefined ? [] : [{ name: value, isChosen: value === own, ...figuresOf(member) }];
    });
    return { of: path, says: `${neighbourText(family, path)} ${place === 0 ? peakText(family) : ''}`.trim(), settings };
  });
}

function neighbourText({ neighbours, members, start, bars }: FamilyValidation, path: string): string {
  const own = members.find(({ isOwn }) => isOwn)?.sharpe ?? null;
  const found = neighbours.find((each) => each.path === path);
  const beside = [found?.below, found?.above].flatMap((each) => (each ? [`${shown(each.sharpe)} at ${each.value}`] : []));
  const said = `${path} at other values, all else as it stands in the file, on the ${count(bars)} bars since ${monthName(start)} that all variants have.`;
  return beside.length === 0 ? said : `${said} Its Sharpe ratio of ${shown(own)} has ${beside.join(' and ')} beside it.`;
}

function peakText({ peak, variants }: FamilyValidation): string {
  if (peak === null || peak.isSharp === null) return '';
  const best = `The best of ${variants} variants, ${shown(peak.sharpe)} at ${Object.values(peak.values).join(', ')},`;
  return peak.isSharp
    ? `${best} is a sharp peak, more than two deviations above the mean of all: more likely luck than knowledge.`
    : `${best} is no sharp peak: it is within two deviations of the mean of all.`;
}

/** Every variant with its chance. */
export function reportedFamily(family: FamilyValidation): ReportedFamily {
  const { members, refused, bars, start, effective, luckySharpe } = family;
  const worth = members.length < 2 ? '' : `, worth ${effective.toFixed(1)} that have nothing to do with each other`;
  const lucky = ` The best of so many worthless ones is expected to show a Sharpe ratio of ${plain(luckySharpe)}.`;
  return {
    says: `All ${members.length} variants that could be lived${worth}, on the ${count(bars)} bars since ${monthName(start)} that they share.${lucky}${yearsText(family)}${degradationText(family)}`,
    variants: members.map((member) => ({
      name: Object.values(member.values).join(', '),
      isChosen: member.isOwn,
      ...figuresOf(member),
      p: member.p,
      adjustedP: member.adjustedP,
    })),
    refused: refused.map(({ values, detail }) => ({ code: Object.values(values).join(', '), detail })),
  };
}

function yearsText({ minimumBacktestYears: years }: FamilyValidation): string {
  return years === null || years === 0 ? '' : ` Over ${plain(years, 1)} years or fewer it is expected to show the one of this report, too.`;
}

function degradationText({ overfitting }: FamilyValidation): string {
  if (overfitting === null) return '';
  const lost = ` Of the halves into which the record was cut, the best of ${percent(overfitting.lossProbability, 1)} had a Sharpe ratio below 0 in the other half`;
  if (overfitting.degradation === null) return `${lost}.`;
  return `${lost}; 1.00 of Sharpe more in the one was worth ${plain(overfitting.degradation.slope)} in the other.`;
}

function figuresOf({ cagr, sharpe, maxDrawdown }: FamilyMember) {
  return { cagr, sharpe, maxDrawdown };
}

function shown(sharpe: number | null): string {
  return sharpe === null ? 'none' : plain(sharpe);
}

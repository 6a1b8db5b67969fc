// The file's own value among those that are varied.
import { describe, expect, it } from 'vitest';
import { aroundOwn } from '../../../research/sweep/around-own.ts';

const TEXT = 'top: 3\nband: 2.5%\nevery: month\nname: "7"\nlist: [10, 20]\n';
const of = (path: string, ...values: string[]) => aroundOwn(TEXT, [{ path, values }])[0];

describe('values around those of the file', () => {
  it('have the own one among them, figures and percentages in their order', () => {
    expect(of('top', '10', '2')).toEqual({ path: 'top', values: ['2', '3', '10'], own: '3' });
    expect(of('top', '5', '3', '1')).toEqual({ path: 'top', values: ['1', '3', '5'], own: '3' });
    expect(of('band', '10%', '1%')).toEqual({ path: 'band', values: ['1%', '2.5%', '10%'], own: '2.5%' });
    expect(of('list.1', '15')).toEqual({ path: 'list.1', values: ['15', '20'], own: '20' });
  });

  it('stay as given where they are words, the own one first where it was not among them', () => {
    expect(of('every', 'week', 'month')).toEqual({ path: 'every', values: ['week', 'month'], own: 'month' });
    expect(of('every', 'year', 'week')).toEqual({ path: 'every', values: ['month', 'year', 'week'], own: 'month' });
  });

  it('know their own one by what it means, however it is written', () => {
    expect(of('top', '3.0', '4')?.own).toBe('3.0');
    // A text of a digit is no figure: as one it would be another value.
    expect(of('name', '7')).toEqual({ path: 'name', values: ['"7"', '7'], own: '"7"' });
  });
});

// The summary of a file in words.
import type { AreaCount, Names, Summary } from '../api';
import { count, counted } from '../parts/words';

const LEVEL: Record<string, [string, string]> = {
  country: ['land', 'länder'], county: ['län', 'län'], municipality: ['kommun', 'kommuner'], district: ['stadsdel eller distrikt', 'stadsdelar eller distrikt'],
  deso: ['DeSO-område', 'DeSO-områden'], school: ['skola', 'skolor'], place: ['annan plats', 'andra platser'], foreign: ['utländskt område', 'utländska områden'],
};

const listed = ({ few, count: all }: Names): string => few.join(', ') + (all > few.length ? ' …' : '');

/** "290 kommuner: Ale, Alingsås …", one line for each level; the country alone needs no count. */
export function places(areas: AreaCount[]): string[] {
  return areas.map(({ level, names }) => {
    const [one, many] = LEVEL[level] ?? ['område', 'områden'];
    return level === 'country' && names.count === 1 ? listed(names) : `${counted(names.count, one, many)}: ${listed(names)}`;
  });
}

/** What is counted, and by what stretch of time, in each kind of file. */
const WHAT: Record<string, [string, string]> = { events: ['kategori', 'kategorier'], field_reports: ['kategori', 'kategorier'], survey: ['fråga', 'frågor'] };
const WHEN: Record<string, [string, string]> = { events: ['dag', 'dagar'], field_reports: ['dag', 'dagar'] };

/** "2015 till 2025, 11 perioder · 2026 preliminärt" */
export function stretch({ periods, preliminary }: Summary, kind: string): string {
  const [one, many] = WHEN[kind] ?? ['period', 'perioder'];
  const [first, last] = [periods.few[0] ?? '', periods.few.at(-1) ?? ''];
  const between = periods.count > 1 ? `${first} till ${last}, ${counted(periods.count, one, many)}` : first;
  const marked = preliminary.length > 3 ? `${count(preliminary.length)} perioder preliminära` : preliminary.map((period) => `${period} preliminärt`).join(', ');
  return [between, marked].filter(Boolean).join(' · ');
}

const last = (path: string): string => path.split(' › ').at(-1) || '(utan namn)';

/** "14 uppgifter: Antal, Andel …", by the last part of each path. */
export function counts({ indicators, breakdowns }: Summary, kind: string): string {
  const [one, many] = WHAT[kind] ?? ['uppgift', 'uppgifter'];
  const what = indicators.count === 1 ? last(indicators.few[0] ?? '') : `${counted(indicators.count, one, many)}: ${listed({ ...indicators, few: indicators.few.map(last) })}`;
  return breakdowns.count > 0 ? `${what} · uppdelat på ${listed(breakdowns)}` : what;
}

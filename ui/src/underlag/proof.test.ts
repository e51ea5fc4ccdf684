import { expect, test } from 'vitest';
import { headed, sorted } from './proof';

test('each line of the proof lands where it belongs', () => {
  const found = sorted([
    'Teckenkodning UTF-8. Så här ser å, ä och ö ut: ”Åsele;1”',
    'Perioden 2008 kommer från rubriken.',
    'Kolumn B ”Antal”: 1 243 tal, minst 0, störst 9.',
    'Ytterligare 352 kolumner lästes på samma sätt.',
    'Summan av kommunerna i Skåne län stämmer med filens egen total i 1 av 1 fall.',
    'Summan av länen stämmer med filens egen total i 1 010 av 1 012 fall.',
    'Kolumn A har 3 namn som inte är kommuner eller län.',
    'Perioden 2008 kommer från rubriken.',
  ]);
  expect(found.text).toBe('UTF-8. Så här ser å, ä och ö ut: ”Åsele;1”');
  expect(found.columns).toHaveLength(2);
  expect([found.sums.right, found.sums.of, found.sums.lines.length]).toEqual([1011, 1013, 2]);
  expect(found.notes).toEqual(['Perioden 2008 kommer från rubriken.', 'Kolumn A har 3 namn som inte är kommuner eller län.']);
});

test('a short head is set apart, a sentence is not', () => {
  expect(headed('Två datum: händelserna räknas efter det ena.')).toEqual(['Två datum', 'händelserna räknas efter det ena.']);
  expect(headed('Bladet lästes. Det har: tre tabeller.')[0]).toBe('');
});

// The proof's lines sorted into what they are about, so that what matters most stands first and what is alike stands together.

export interface SortedProof {
  /** How the letters were read, without the word "Teckenkodning". */
  text: string;
  /** What holds for the file as a whole. */
  notes: string[];
  /** How each column was read. */
  columns: string[];
  /** The file's own totals: how many sums agree, and each line behind it. */
  sums: { right: number; of: number; lines: string[] };
}

const COLUMN = /^(Kolumn [A-Z]+ ”.*”: \d|Ytterligare [\d\s]+ kolumner)/;
const SUM = /^Summan av .* i ([\d\s]+) av ([\d\s]+) fall\.$/;
const ENCODING = /^Teckenkodning (.+)$/s;
const digits = (text: string | undefined): number => Number((text ?? '').replace(/\s/g, ''));

export function sorted(proof: string[]): SortedProof {
  const found: SortedProof = { text: '', notes: [], columns: [], sums: { right: 0, of: 0, lines: [] } };
  for (const line of proof) {
    const sum = SUM.exec(line);
    const encoding = ENCODING.exec(line);
    if (sum) {
      found.sums.right += digits(sum[1]);
      found.sums.of += digits(sum[2]);
      found.sums.lines.push(line);
    } else if (encoding && found.text === '') found.text = encoding[1]!;
    else if (COLUMN.test(line)) found.columns.push(line);
    else if (!found.notes.includes(line)) found.notes.push(line);
  }
  return found;
}

/** "Tal: 12 av 14" → a head and its text; a whole sentence has no head. */
export function headed(line: string): [string, string] {
  const at = line.indexOf(':');
  return at > 0 && at < 34 && !line.slice(0, at).includes('. ') ? [line.slice(0, at), line.slice(at + 1).trim()] : ['', line];
}

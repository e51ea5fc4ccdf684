// Made-up answers, for drawing screens before there is a core. Never part of a build: only loaded by the development server.
// @ts-nocheck
import type * as api from '../api';
import { answerWith, tellChanged } from '../commands';
import { openFile } from '../shell/open-file.svelte';

const area = 'Granliden';
const series = (indicator: string): api.Question => ({ area, measure: { kind: 'series', publisher: 'Brå', dataset: 'Anmälda brott', indicator, breakdown: {}, unit: 'antal' } });
const reports = (category: string): api.Question => ({ area, measure: { kind: 'reports', categories: [category], place: null } });
const share = (question: string): api.Question => ({ area, measure: { kind: 'survey_share', question, answers: ['otrygg'], group: null } });

function line(values: number[], colour: string, width: number, height: number): string {
  const most = Math.max(...values, 1);
  const at = values.map((v, i) => `${((width - 12) * i) / (values.length - 1) + 6},${(height - 8 - ((height - 16) * v) / most).toFixed(1)}`);
  const [x, y] = at.at(-1)!.split(',').map(Number) as [number, number];
  return `<svg viewBox="0 0 ${width} ${height}"><line x1="0" x2="${width}" y1="${height - 4}" y2="${height - 4}" stroke="var(--line)"/><polyline points="${at.join(' ')}" fill="none" stroke="var(--${colour})" stroke-width="2"/><rect x="${x - 4}" y="${y - 4}" width="8" height="8" fill="var(--${colour})"/></svg>`;
}
const COLOUR = { municipality: 'kommun', police: 'polis', residents: 'invanare', reference: 'ink-2' } as const;
function cell(perspective: api.Perspective, number: string, what: string, verdict: api.Verdict | null, values: number[], question: api.Question | null): api.PerspectiveCell {
  return { perspective, state: number ? 'data' : 'no_source', number, what, verdict, spark: values.length ? line(values, COLOUR[perspective], 64, 34) : null, question };
}
const empty = (perspective: api.Perspective, what: string): api.PerspectiveCell => cell(perspective, '', what, null, [], null);

const themes: api.ThemeRow[] = [
  { theme: 'station', name: 'Trygghet vid stationen', problem: 'p1',
    municipality: cell('municipality', '41', 'iakttagelser 2025', 'increasing', [8, 15, 22, 41], reports('otrygg plats')),
    police: cell('police', '3', 'brott 2025', 'too_little', [4, 2, 5, 1, 3], series('Ofredande')),
    residents: cell('residents', '38 %', 'otrygga, n 212', 'increasing', [29, 33, 38], share('Trygg kvällstid?')),
    disagreement: { kind: 'not_seen_by_one', label: 'Syns inte hos polisen', reason: '71 % av flickor 16–19 år är otrygga kvällstid. Polisen har 3 anmälda brott på platsen.' } },
  { theme: 'narkotika', name: 'Narkotika bland unga', problem: null,
    municipality: cell('municipality', '9', 'iakttagelser 2025', 'too_little', [6, 4, 9], reports('narkotika')),
    police: cell('police', '22', 'brott 2025', 'increasing', [6, 8, 9, 13, 22], series('Narkotikastrafflagen')),
    residents: cell('residents', '6 %', 'har använt, n 140', 'no_certain_change', [7, 5, 6], share('Har du använt narkotika?')),
    disagreement: { kind: 'opposite_directions', label: 'Olika riktning', reason: 'Fler brott hos polisen; enkäten visar ingen säker förändring. Brotten följer antalet kontroller.' } },
  { theme: 'a-traktor', name: 'A-traktorer och buskörning', problem: 'p2',
    municipality: cell('municipality', '58', 'iakttagelser 2025', 'increasing', [20, 31, 58], reports('buskörning')),
    police: cell('police', '14', 'brott 2025', 'no_certain_change', [12, 15, 11, 14], series('Trafikbrott')),
    residents: cell('residents', '44 %', 'oroade, n 212', 'increasing', [31, 38, 44], share('Orolig för buskörning?')),
    disagreement: { kind: 'stronger_in_one', label: 'Starkare hos kommun och invånare', reason: 'Ingen säker ändring i anmälningar.' } },
  { theme: 'relation', name: 'Våld i nära relation', problem: null, municipality: empty('municipality', 'inget underlag'),
    police: cell('police', '8', 'brott 2025', 'too_little', [6, 9, 8], series('Misshandel, bekant')), residents: empty('residents', 'frågan är inte ställd'),
    disagreement: { kind: 'only_one_has_data', label: 'Bara polisens bild', reason: 'Kommunen kan fylla på ur orosanmälningar, som antal.' } },
  { theme: 'skada', name: 'Skadegörelse', problem: 'p3', municipality: cell('municipality', '27', 'iakttagelser 2025', 'decreasing', [40, 33, 27], reports('skadegörelse')),
    police: cell('police', '31', 'brott 2025', 'decreasing', [66, 58, 49, 40, 31], series('12 kap. Skadegörelsebrott')),
    residents: cell('residents', '12 %', 'ser problem, n 212', 'decreasing', [18, 15, 12], share('Ser du skadegörelse?')), disagreement: { kind: 'same', label: '', reason: 'Samma bild hos alla tre.' } },
];
const answer = (perspective: api.Perspective, title: string, sentence: string): api.Answer => ({
  perspective, title, unit: 'antal per år', verdict: 'decreasing', p: 0.02, sentence, caveats: ['2025 är preliminärt.'], sources: ['Brå, kommunuttag, Databasfil.txt, inläst 2026-03-30'],
  points: [{ period: '2025', value: 31, missing: null, preliminary: true, low: 21, high: 44, n: null, rate: 752, cells: [{ source: 1, file: 'Databasfil.txt', sheet: '', row: 9, last_row: 9, column: 'E' }] }],
});
const chart = (values: number[], colour: string): api.ChartView => ({
  svg: line(values, colour, 560, 220), alt: 'Linjediagram: från 66 brott 2016 till 31 brott 2025.', header: ['År', 'Antal', '95 % intervall'], rows: values.map((v, i) => [String(2016 + i), String(v), `${v - 9}–${v + 12}`]),
});
const view = (p: api.Perspective, title: string, sentence: string, values: number[]): api.FigureView => ({ question: series(title), answer: answer(p, title, sentence), chart: chart(values, COLOUR[p]) });
const lead = [
  view('municipality', 'Iakttagelser', '27 rapporter 2025, sannolikt mellan 18 och 39. Från 40 till 27 sedan 2023: minskar (p 0,03).', [40, 33, 27]),
  view('police', '12 kap. Skadegörelsebrott', '31 brott 2025, sannolikt mellan 21 och 44. Trenden sedan kodbytet 2019, från 49 till 31, minskar (p 0,02).', [66, 61, 58, 60, 49, 47, 42, 40, 35, 31]),
];
const figure = (number: number, p: api.Perspective, sentence: string): api.Figure => ({ id: `f${number}`, number, problem: 'p1', pinned: '2026-04-02', question: series('x'), answer: answer(p, 'Skadegörelse', sentence), withdrawn: false });
const notes: api.Note[] = [
  { id: 'n1', kind: 'citizen_dialogue', date: '2026-03-04', place: 'busskuren', text: 'Det är alltid samma busskur.', theme: 'skada' },
  { id: 'n2', kind: 'staff_dialogue', date: '2026-03-11', place: 'skolan', text: 'Skolgården är lugnare sedan belysningen kom.', theme: 'skada' },
];
const rejections: api.Rejection[] = [{ row: 12, column: 'E', value: '1O4', reason: 'Inget tal: bokstaven O står bland siffrorna.' }, { row: 40, column: 'E', value: '-', reason: 'Obesvarad fråga.' }];
const report: api.ImportReport = { source: 1, read_rows: 140, read: 340, added: 20, changed: 4, same: 312, skipped: 2, rejected: 2, missing: 1, rejections, doubts: [], warnings: [] };
const source = (id: number, perspective: api.Perspective, kind: string, title: string, publisher: string, file: string, holds: string): api.SourceView => ({ id, perspective, kind, title, publisher, file, retrieved: '2026-03-30', holds, sent_out: kind === 'survey' ? 600 : null, report });
const doubts: api.Doubt[] = [
  { id: 'dash', question: 'Vad betyder ”-” i den här filen?', choices: [{ id: 'zero', label: 'Noll' }, { id: 'missing', label: 'Uppgift saknas' }, { id: 'skip', label: 'Hoppa över' }], cells: [{ sheet: 'Resultat', row: 10, column: 'E', value: '-' }], answer: null },
  { id: 'big', question: '1 204 i rad 9 är 66 gånger större än åren intill. Stämmer det?', choices: [{ id: 'yes', label: 'Det stämmer' }, { id: 'no', label: 'Lämna cellen utanför' }], cells: [{ sheet: 'Resultat', row: 9, column: 'B', value: '1 204' }], answer: null },
];
const row = (n: number, role: string, ...cells: string[]): api.PreviewRow => ({ sheet: 'Resultat', row: n, role, cells });
const preview = (answers: Record<string, string>): api.Preview => ({
  description: {
    file: 'skadegorelse_2016-2025.xls', format: 'xls', encoding: null, delimiter: null, kind: 'statistics', recipe: 'bra-sol', tally: { rows: 58, read: 340, stored: 336, missing: 9, skipped: 2, rejected: 2 },
    tables: [{ sheet: 'Resultat', header_rows: [3, 5], first_data_row: 6, rows: 58, footnotes: [], totals: [], columns: [
      { name: 'Brottstyp', column: 'A', role: 'indicator', unit: null, decimal: null, missing: 0, min: null, max: null, examples: ['12 kap. Skadegörelsebrott'] },
      { name: '2016', column: 'B', role: 'value', unit: 'antal', decimal: null, missing: 2, min: 0, max: 1204, examples: [] }] }],
    proof: ['Text: ISO-8859-1 · ”Älvsbyn, Åsele, Övertorneå” ser rätt ut', 'Område: 1 kommun: Granliden', 'Brottstyp: 14 st, med hela sökvägen', 'Period: 2016–2026, 2026 preliminärt', 'Antal: 336 heltal, 0–1 204 · mellanslag som tusental i 1 cell', 'Saknas: ”..” i 9 celler: uppgift saknas, aldrig noll', 'Summor: alla 11 kolumner stämmer med filens egen rad ”Totalt”'],
    doubts: doubts.map((d) => ({ ...d, answer: answers[d.id] ?? null })),
  },
  grid: [row(1, 'skipped', 'Anmälda brott', '', '', '', ''), row(3, 'header', 'År', '2016', '2017', '2018', '2026 prel.'), row(5, 'header', '', 'Antal', 'Antal', 'Antal', 'Antal'), row(6, 'data', 'Granliden kommun', '', '', '', ''), row(8, 'data', '12 kap. Skadegörelsebrott', '66', '61', '58', '12'), row(9, 'data', 'därav klotter', '1 204', '18', '..', '3'), row(10, 'data', 'därav mot motorfordon', '21', '19', '17', '-'), row(64, 'skipped', 'Preliminär statistik avser …', '', '', '', '')],
  report: { ...report, source: null }, warnings: [{ message: 'Raden ”Totalt” räknas inte in en gång till.' }],
});
const heads = [['p1', 'Trygghet vid stationen'], ['p2', 'A-traktorer och buskörning'], ['p3', 'Skadegörelse'], ['p4', 'Narkotika bland unga']].map(([id, title]) => ({ id: id!, title: title!, outcome: null as api.Outcome | null }));
const lines = (...texts: [api.Perspective | null, string][]): api.MatrixLine[] => texts.map(([perspective, text]) => ({ perspective, text }));
const criterion = (id: string, name: string, help: string, computed: string | null = null): api.Criterion => ({ id, name, help, computed });
const judged = (level: number | null): api.MatrixCell => ({ computed: false, lines: [], level });
const computed = (...texts: [api.Perspective | null, string][]): api.MatrixCell => ({ computed: true, lines: lines(...texts), level: null });
const matrix: api.Matrix = {
  problems: heads, scale: ['inte alls', 'lite', 'ganska mycket', 'mycket'],
  rows: [
    { criterion: criterion('extent', 'Hur vanligt?', 'Senaste året, antal före andel', 'extent'), cells: [computed(['municipality', '41 iakttagelser'], ['police', '3 brott']), computed(['municipality', '58 iakttagelser'], ['police', '14 brott']), computed(['police', '31 brott'], ['municipality', '27 iakttagelser']), computed(['police', '22 brott'])] },
    { criterion: criterion('trend', 'Utveckling', 'Säker ändring över tid', 'trend'), cells: [computed(['municipality', '↗ ökar']), computed(['municipality', '↗ ökar']), computed(['police', '↘ minskar']), computed(['police', '↗ ökar'], ['residents', '→ ingen säker'])] },
    ...[['many', 'Påverkar många?', 'Hur många märker av det'], ['harm', 'Hur allvarligt?', 'Skada för den som drabbas'], ['place', 'Samlat till plats eller tid?', 'Går det att ringa in'], ['able', 'Kan vi påverka?', 'Med det vi själva råder över'], ['means', 'Räcker resurserna?', 'Folk, pengar, tid']].map(([id, name, help], i) => ({ criterion: criterion(id!, name!, help!), cells: [judged(i < 2 ? 4 : null), judged(i < 1 ? 3 : null), judged(2), judged(null)] })),
  ],
};
const problem = (i: number, description: string, figures: api.Figure[], decision: api.Decision | null): api.Problem => ({ ...heads[i]!, description, theme: null, figures, decision });
const problems = [
  problem(0, 'Ungdomar, mest flickor, undviker stationen efter kl. 20.', [figure(1, 'municipality', '41 rapporter 2025, sannolikt mellan 29 och 56: ökar.'), figure(2, 'residents', '38 % är otrygga kvällstid (32–45 %), n 212.')], { id: 'd1', problem: 'p1', outcome: 'prioritised', reason: 'Kommunens bild och enkäten pekar åt samma håll.', reservations: '', present: 'säkerhetssamordnare, kommunpolis', date: '2026-04-02' }),
  problem(1, '', [], null), problem(2, 'Klotter och krossade rutor runt skolan.', [], { id: 'd3', problem: 'p3', outcome: 'deprioritised', reason: 'Minskar hos alla tre.', reservations: 'Fritidschefen ville behålla nattvandringen.', present: '', date: '2026-04-02' }), problem(3, '', [], null),
];
const round = { id: 'r1', title: 'Omgång 1', voters: 12, problems: heads, slips: [1, 2, 3, 4, 5, 6, 7, 8, 9], revealed: false, results: [] as api.RoundResult[] };
const result = (i: number, counts: number[], median: number, quartiles: number[], agreement: string): api.RoundResult => ({ problem: heads[i]!.id, title: heads[i]!.title, counts, answered: 12, median, quartiles, agreement });
const commitment = (id: string, text: string, isPublic: boolean): api.CommitmentView => ({ commitment: { id, focus_area: 'fa1', text, parties: ['k', 'po'], count: 6, per: 'year', due: null, public: isPublic }, sentence: `Granlidens kommun och Lokalpolisområdet åtar sig att ${text} minst sex gånger per år.`, advice: id === 'c2' ? ['”Verka för” binder ingen. Skriv vad ni gör.'] : [] });
const agreement: api.AgreementView = {
  title: 'Samverkansöverenskommelse 2026–2028', purpose: 'Fler ska kunna röra sig fritt i Granliden.', follow_up: '', validity: { kind: 'fixed', from: '2026-06-01', to: '2028-05-31', extends: true }, registry: '',
  validity_sentence: 'Överenskommelsen gäller från och med den 1 juni 2026 till och med den 31 maj 2028 och därefter tills vidare om ingen ny skrivs under.',
  parties: [{ id: 'k', kind: 'municipality', name: 'Granlidens kommun', signatory: 'kommunstyrelsens ordförande' }, { id: 'po', kind: 'police', name: 'Lokalpolisområdet', signatory: 'lokalpolisområdeschefen' }],
  focus_areas: [{ area: { id: 'fa1', decision: 'd1', name: 'Trygghet vid stationen', cause: 'Mörkt, inga vuxna efter kl. 20.' }, problem: 'Trygghet vid stationen', reason: 'Kommunens bild och enkäten pekar åt samma håll.', figures: problems[0]!.figures,
    goals: [{ goal: { id: 'g1', focus_area: 'fa1', kind: 'outcome', text: 'Högst 28 % ska vara otrygga vid stationen kvällstid i enkäten 2028.', figure: 'f2' }, advice: [] }], commitments: [commitment('c1', 'finnas på stationen fredag och lördag kväll', true), commitment('c2', 'verka för bättre belysning', false)] }],
  goals: [], commitments: [], waiting: [{ decision: 'd9', problem: 'A-traktorer och buskörning' }],
  checks: [{ section: '9 §', demand: 'Överenskommelsen säger vilka problem den gäller.', met: true, blocks: true, hint: '' }, { section: '9 §', demand: 'Den säger hur den följs upp.', met: false, blocks: true, hint: 'Skriv det under Parter och giltighet.' }, { section: '5 §', demand: 'Åtgärdsplanen bygger på lägesbilden.', met: true, blocks: false, hint: '' }],
};
const followUp: api.FollowUp = {
  deadlines: [{ date: '2026-03-01', what: 'Medborgarlöftet ska återkopplas', why: 'löftet löper ut', days_left: -32 }, { date: '2028-05-31', what: 'Lägesbilden ska göras om', why: '6 §, minst vartannat år', days_left: 790 }],
  commitments: [{ commitment: 'c1', sentence: commitment('c1', 'finnas på stationen fredag och lördag kväll', true).sentence, focus_area: 'Trygghet vid stationen', due: null, check_ins: [{ id: 'i1', commitment: 'c1', date: '2026-06-14', status: 'under_way', note: 'Två kvällar hittills.' }] }, { commitment: 'c2', sentence: commitment('c2', 'verka för bättre belysning', false).sentence, focus_area: 'Trygghet vid stationen', due: '2026-12-31', check_ins: [] }],
  indicators: [{ figure: 1, goal: null, title: 'Iakttagelser vid stationen', then_value: '41', then_pinned: '2026-04-02', now_value: '28', now_period: '2026', reading: 'från 41 till 28 (kan vara slump)', changed: true }, { figure: 2, goal: 'Högst 28 % …', title: 'Otrygga kvällstid', then_value: '38 %', then_pinned: '2026-04-02', now_value: '38 %', now_period: '2025', reading: 'ingen ny siffra sedan utkastet', changed: false }],
};
const revealed = location.search.includes('revealed');
const answers: Record<string, (request: never) => unknown> = {
  status: (): api.FileStatus => ({ title: 'Granliden 2026', path: '/hem/Granliden 2026.lagesbild', held_by: null, municipalities: [area, 'Norrliden'], practice: true, undo: 'Lade till problemet ”Skadegörelse”', redo: null, today: '2026-04-02', sources: 3, values: 1240, problems: 4, decisions: 2 }),
  history: (): api.HistoryLine[] => [{ at: '2026-04-02T13:20:00Z', label: 'Lade till problemet ”Skadegörelse”', state: 'done' }, { at: '2026-04-02T13:02:00Z', label: 'Läste in Databasfil.txt', state: 'done' }],
  check: (): api.CheckReport => ({ sound: true, faults: [] }), undo: (): api.UndoReport => ({ label: 'Lade till problemet ”Skadegörelse”' }), redo: (): api.UndoReport => ({ label: null }),
  sources: () => [source(1, 'police', 'statistics', 'Anmälda brott', 'Brå', 'Databasfil.txt', '1 240 värden'), source(2, 'municipality', 'field_reports', 'Fältrapporter', 'Fältgruppen', 'fält 2025.xlsx', '200 rapporter'), source(3, 'residents', 'survey', 'Trygghetsenkät 2025', 'Granlidens kommun', 'enkät.csv', '212 svarande')],
  inspect: (request: api.ReadFile) => preview(request.answers ?? {}), import: () => report, notes: () => notes,
  cells: (request: api.CellsOf): api.CellContext => ({ source: 1, file: 'Databasfil.txt', sheet: '', columns: ['A', 'B', 'C', 'D', 'E'], rows: [7, 8, 9, 10, 11].map((n) => ({ row: n, cells: ['Granliden', '12 kap. Skadegörelsebrott', 'År', String(2016 + n), String(n * 3 + 4)] })), row: request.row, last_row: request.last_row, column: request.column }),
  overview: (): api.Overview => ({ area: 'Granliden', population: 4120, population_year: '2025', span: '2016–2025', themes, gaps: ['Folkmängd för 2016–2018 saknas, så de åren har inget tal per 100 000.'] }),
  profile: (request: api.ThemeIn): api.Profile => { const t = themes.find((one) => one.theme === request.theme)!; return { theme: t.theme, name: t.name, area, headline: 'Skadegörelsen minskar, men samlas till helgkvällarna', lead, others: [{ title: 'därav klotter', number: '9', period: '2025', verdict: 'too_little', question: series('klotter') }], groups: { question: 'Ser du skadegörelse som ett problem där du bor?', answers: 'ja, i stor eller ganska stor utsträckning', chart: chart([18, 11, 13, 9], 'invanare'), left_out: ['icke-binära'] }, pattern: { title: '27 rapporter 2025, veckodag och tid', chart: chart([1, 4, 6, 2], 'kommun'), without_time: 3 }, places: [{ place: 'Busstationen', count: 14 }, { place: 'Skolan', count: 9 }], notes, caveats: ['2025 är preliminärt.', 'Ny brottskod 2019 bryter serien för klotter.'], disagreement: t.disagreement, problem: t.problem }; },
  ask: () => lead[1],
  priorities: (): api.Priorities => ({ problems, matrix, candidates: [{ theme: 'relation', name: 'Våld i nära relation', reason: 'Bara polisens bild.', cells: [themes[3]!.police] }], round: revealed ? { ...round, revealed, results: [result(3, [3, 1, 1, 3, 4], 4, [1.5, 5], 'oeniga: 1–5'), result(0, [0, 0, 2, 2, 8], 5, [4, 5], '10 av 12 inom ett steg från mitten')] } : round }),
  agreement: () => agreement, follow_up: () => followUp,
  document: (): api.MadeDocument => ({ path: null, warnings: [], html: '<!doctype html><html lang="sv"><head><title>Utkast</title><style>body{font:16px serif;margin:40px}</style></head><body><p>UTKAST</p><h1>Samverkansöverenskommelse</h1><p>Parterna är överens om följande.</p></body></html>' }),
};

export function useSample(): void {
  answerWith(async (command, request) => {
    if (/^(enter|assess|undo|import|add|edit|decide|check_in|remove)/.test(command)) tellChanged();
    if (command === 'enter_slip') round.slips.push(round.slips.length + 1);
    if (command === 'assess') { const a = request as api.Assess; matrix.rows.find((r) => r.criterion.id === a.criterion)!.cells[heads.findIndex((h) => h.id === a.problem)]!.level = a.level; }
    return structuredClone((answers[command] as ((request: unknown) => unknown) | undefined)?.(request) ?? { id: 'x' });
  });
  openFile.useSample(async () => answers['status']!(undefined as never) as api.FileStatus);
}

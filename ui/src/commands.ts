// Every command by name with what it takes and gives, so that a screen cannot ask for something the core does not answer.
import type * as api from './api';
import { backend } from './backend';

type Nothing = Record<string, never>;

export interface Questions {
  status: [Nothing, api.FileStatus];
  history: [Nothing, api.HistoryLine[]];
  check: [Nothing, api.CheckReport];
  sources: [Nothing, api.SourceView[]];
  inspect: [api.ReadFile, api.Preview];
  cells: [api.CellsOf, api.CellContext];
  notes: [Nothing, api.Note[]];
  overview: [api.InArea, api.Overview];
  profile: [api.ThemeIn, api.Profile];
  ask: [api.Ask, api.FigureView];
  trace: [api.TraceFigure, api.Trace];
  priorities: [Nothing, api.Priorities];
  agreement: [Nothing, api.AgreementView];
  document: [api.MakeDocument, api.MadeDocument];
  follow_up: [Nothing, api.FollowUp];
}

export interface Changes {
  undo: [Nothing, api.UndoReport];
  redo: [Nothing, api.UndoReport];
  import: [api.ReadFile, api.ImportReport];
  add_note: [Omit<api.Note, 'id'>, api.Made];
  remove_source: [api.ById, Nothing];
  add_problem: [api.NewProblem, api.Made];
  edit_problem: [api.EditProblem, api.Made];
  remove_problem: [api.ById, Nothing];
  pin_figure: [api.Pin, api.Made];
  assess: [api.Assess, Nothing];
  start_round: [api.StartRound, api.Made];
  enter_slip: [api.Slip, Nothing];
  withdraw_slip: [api.WithdrawSlip, Nothing];
  reveal_round: [api.ById, Nothing];
  decide: [Omit<api.Decision, 'id' | 'date'>, api.Made];
  edit_agreement: [api.EditAgreement, Nothing];
  edit_party: [api.Party, api.Made];
  remove_party: [api.ById, Nothing];
  edit_focus_area: [api.FocusArea, api.Made];
  remove_focus_area: [api.ById, Nothing];
  edit_goal: [api.Goal, api.Made];
  remove_goal: [api.ById, Nothing];
  edit_commitment: [api.Commitment, api.Made];
  remove_commitment: [api.ById, Nothing];
  check_in: [Omit<api.CheckIn, 'id' | 'date'>, api.Made];
}

type Asker = (command: string, request: unknown) => Promise<unknown>;
let asker: Asker = (command, request) => backend.call(command, request);
const fresh = new Set<() => void>();

/** Development only: answers made up in the browser stand in for the core. */
export function answerWith(other: Asker): void {
  asker = other;
}

export async function ask<C extends keyof Questions>(command: C, request: Questions[C][0]): Promise<Questions[C][1]> {
  return (await asker(command, request)) as Questions[C][1];
}

/** A change: afterwards everything on screen is asked for again. */
export async function change<C extends keyof Changes>(command: C, request: Changes[C][0]): Promise<Changes[C][1]> {
  const answer = (await asker(command, request)) as Changes[C][1];
  tellChanged();
  return answer;
}

let waiting = false;
/** Several reasons to ask again within one turn lead to one asking. */
export function tellChanged(): void {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    for (const listener of [...fresh]) listener();
  });
}

export function onChanged(listener: () => void): () => void {
  fresh.add(listener);
  return () => fresh.delete(listener);
}

backend.onStale(tellChanged);

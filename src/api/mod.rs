//! The one door: every command is declared once, with its name, what it takes and what it answers. The window, the
//! command line, the dev bridge and the TypeScript types all come from this list.

pub mod commands;
pub mod requests;
mod session;
mod typescript;

pub use session::Session;
pub use typescript::typescript;

use crate::error::{Code, Error, Result};
use crate::file::LagesbildFile;
use serde::Serialize;
use serde_json::Value;

/// What a command answers, and which tables it wrote: screens that read them are stale.
#[derive(Debug, Clone, Serialize)]
pub struct Reply {
    pub value: Value,
    pub stale: Vec<String>,
}

/// A handler's answer before it is written as JSON.
pub struct Outcome<T> {
    value: T,
    stale: Vec<String>,
}

impl<T> Outcome<T> {
    /// Reading changes nothing.
    pub fn read(value: T) -> Self {
        Self { value, stale: Vec::new() }
    }
}

impl<T> From<crate::file::Done<T>> for Outcome<T> {
    fn from(done: crate::file::Done<T>) -> Self {
        Self { value: done.value, stale: done.stale.into_iter().collect() }
    }
}

macro_rules! commands {
    ($($name:ident: $request:ty => $answer:ty;)*) => {
        /// The names of all commands, in the order of the work.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Runs a command by name with its request as JSON.
        pub fn dispatch(file: &mut LagesbildFile, command: &str, request: Value) -> Result<Reply> {
            match command {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request).map_err(|e| bad_request(command, e))?;
                    let outcome: Outcome<$answer> = commands::$name(file, request)?;
                    Ok(Reply { value: serde_json::to_value(outcome.value)?, stale: outcome.stale })
                })*
                _ => Err(Error::new(Code::NotFound, format!("Kommandot ”{command}” finns inte."))),
            }
        }

        /// Every command's request and answer, for the TypeScript types.
        fn each_type(visit: &mut impl typescript::Visit) {
            $(visit.command::<$request, $answer>(stringify!($name));)*
        }
    };
}

use crate::agreement::model::{AgreementView, Commitment, FocusArea, Goal, Party};
use crate::follow_up::model::{CheckIn, FollowUp};
use crate::import::pasted::Pasted;
use crate::import::typed::TypedTable;
use crate::picture::counts::SurveyView;
use crate::picture::neighbours::Neighbours;
use crate::picture::question::FigureView;
use crate::picture::statistics::harm::Lens;
use crate::picture::views::{CellContext, Overview, Profile};
use crate::priorities::model::{Decision, Priorities, Slip};
use crate::store::notes::Note;
use crate::store::own_reports::OwnReport;
use requests::*;

commands! {
    status: Nothing => FileStatus;
    history: Nothing => Vec<HistoryLine>;
    undo: Nothing => UndoReport;
    redo: Nothing => UndoReport;
    check: Nothing => CheckReport;

    sources: Nothing => Vec<SourceView>;
    inspect: ReadFile => Preview;
    import: ReadFile => ImportReport;
    typed_table: TypedId => TypedTable;
    read_typed_table: TypedTable => Preview;
    save_typed_table: TypedTable => Made;
    save_rejections: SaveRejections => Nothing;
    save_chart: SaveChart => Nothing;
    chart_picture: ChartPicture => PngPicture;
    read_pasted: PastedText => Pasted;
    edit_source: EditSource => Nothing;
    remove_source: RemoveSource => Nothing;
    purge_source: PurgeSource => PurgeReport;
    purge_removed: PurgeRemoved => PurgeReport;
    recipes: Nothing => Vec<RecipeView>;
    forget_recipe: ById => Nothing;
    questions: OfSource => SurveyView;
    edit_question: EditQuestion => Nothing;
    themes: Nothing => Vec<ThemeName>;
    categories: Nothing => Vec<CategoryView>;
    set_category_theme: SetCategoryTheme => Nothing;
    reports: Nothing => Vec<OwnReport>;
    add_report: NewReport => Made;
    edit_report: EditReport => Nothing;
    remove_report: ById => Nothing;
    cells: CellsOf => CellContext;
    notes: Nothing => Vec<Note>;
    add_note: Note => Made;
    edit_note: Note => Nothing;
    remove_note: ById => Nothing;

    overview: InArea => Overview;
    profile: ThemeIn => Profile;
    ask: Ask => FigureView;
    neighbours: InArea => Neighbours;
    choose_group: ChooseGroup => Nothing;
    harm: InArea => Lens;
    trace: TraceFigure => Trace;

    priorities: Nothing => Priorities;
    add_problem: NewProblem => Made;
    edit_problem: EditProblem => Nothing;
    remove_problem: ById => Nothing;
    pin_figure: Pin => Made;
    assess: Assess => Nothing;
    start_round: StartRound => Made;
    enter_slip: Slip => Nothing;
    withdraw_slip: WithdrawSlip => Nothing;
    reveal_round: ById => Nothing;
    decide: Decision => Made;

    agreement: Nothing => AgreementView;
    edit_agreement: EditAgreement => Nothing;
    edit_party: Party => Made;
    remove_party: ById => Nothing;
    edit_focus_area: FocusArea => Made;
    remove_focus_area: ById => Nothing;
    edit_goal: Goal => Made;
    remove_goal: ById => Nothing;
    edit_commitment: Commitment => Made;
    remove_commitment: ById => Nothing;
    document: MakeDocument => MadeDocument;

    follow_up: Nothing => FollowUp;
    check_in: CheckIn => Made;
}

fn bad_request(command: &str, error: serde_json::Error) -> Error {
    Error::new(Code::NotAllowed, format!("Kommandot ”{command}” fick uppgifter som det inte kan tolka.")).detail(error)
}

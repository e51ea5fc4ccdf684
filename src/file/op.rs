//! What people do, as they would say it: the line in the history and in "Ångra …".

/// One operation. `word` is stable (scripts may read it), `label` is what people see.
#[derive(Debug, Clone)]
pub enum Op {
    NewFile,
    Import { file_name: String },
    RemoveSource { file_name: String },
    AddNote,
    AddProblem { title: String },
    EditProblem { title: String },
    RemoveProblem { title: String },
    PinFigure { title: String },
    Assess,
    StartRound,
    EnterSlip { slip: u32 },
    WithdrawSlip { slip: u32 },
    RevealRound,
    Decide { title: String },
    EditParty { name: String },
    RemoveParty { name: String },
    EditAgreement,
    EditFocusArea { name: String },
    RemoveFocusArea { name: String },
    EditGoal,
    RemoveGoal,
    EditCommitment,
    RemoveCommitment,
    CheckIn,
    Example,
}

impl Op {
    pub fn word(&self) -> &'static str {
        match self {
            Self::NewFile => "new_file",
            Self::Import { .. } => "import",
            Self::RemoveSource { .. } => "remove_source",
            Self::AddNote => "add_note",
            Self::AddProblem { .. } => "add_problem",
            Self::EditProblem { .. } => "edit_problem",
            Self::RemoveProblem { .. } => "remove_problem",
            Self::PinFigure { .. } => "pin_figure",
            Self::Assess => "assess",
            Self::StartRound => "start_round",
            Self::EnterSlip { .. } => "enter_slip",
            Self::WithdrawSlip { .. } => "withdraw_slip",
            Self::RevealRound => "reveal_round",
            Self::Decide { .. } => "decide",
            Self::EditParty { .. } => "edit_party",
            Self::RemoveParty { .. } => "remove_party",
            Self::EditAgreement => "edit_agreement",
            Self::EditFocusArea { .. } => "edit_focus_area",
            Self::RemoveFocusArea { .. } => "remove_focus_area",
            Self::EditGoal => "edit_goal",
            Self::RemoveGoal => "remove_goal",
            Self::EditCommitment => "edit_commitment",
            Self::RemoveCommitment => "remove_commitment",
            Self::CheckIn => "check_in",
            Self::Example => "example",
        }
    }

    /// Completes "Ångra: …".
    pub fn label(&self) -> String {
        match self {
            Self::NewFile => "Skapa filen".into(),
            Self::Import { file_name } => format!("Läs in {file_name}"),
            Self::RemoveSource { file_name } => format!("Ta bort underlaget {file_name}"),
            Self::AddNote => "Lägg till anteckning".into(),
            Self::AddProblem { title } => format!("Lägg till problemet ”{title}”"),
            Self::EditProblem { title } => format!("Ändra problemet ”{title}”"),
            Self::RemoveProblem { title } => format!("Ta bort problemet ”{title}”"),
            Self::PinFigure { title } => format!("Fäst en siffra vid ”{title}”"),
            Self::Assess => "Bedöm i matrisen".into(),
            Self::StartRound => "Starta en bedömningsrunda".into(),
            Self::EnterSlip { slip } => format!("Lägg in lapp {slip}"),
            Self::WithdrawSlip { slip } => format!("Ta bort lapp {slip}"),
            Self::RevealRound => "Visa rundans resultat".into(),
            Self::Decide { title } => format!("Besluta om ”{title}”"),
            Self::EditParty { name } => format!("Ändra parten {name}"),
            Self::RemoveParty { name } => format!("Ta bort parten {name}"),
            Self::EditAgreement => "Ändra överenskommelsen".into(),
            Self::EditFocusArea { name } => format!("Ändra fokusområdet {name}"),
            Self::RemoveFocusArea { name } => format!("Ta bort fokusområdet {name}"),
            Self::EditGoal => "Ändra ett mål".into(),
            Self::RemoveGoal => "Ta bort ett mål".into(),
            Self::EditCommitment => "Ändra ett åtagande".into(),
            Self::RemoveCommitment => "Ta bort ett åtagande".into(),
            Self::CheckIn => "Följ upp ett åtagande".into(),
            Self::Example => "Skapa övningskommunen".into(),
        }
    }
}

//! What people do, as they would say it: the line in the history and in "Ångra …".

/// One operation. `word` is stable (scripts may read it), `label` is what people see.
#[derive(Debug, Clone)]
pub enum Op {
    NewFile,
    Import { file_name: String },
    RemoveSource { file_name: String },
    EditSource { title: String },
    EditQuestion { text: String },
    SetCategoryTheme { category: String },
    AddReport,
    EditReport,
    RemoveReport,
    ForgetRecipe { title: String },
    TypeIn { title: String },
    EditTyped { title: String },
    Purge { sources: usize },
    ChooseGroup { area: String },
    AddNote,
    EditNote,
    RemoveNote,
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
    AddParty { name: String },
    EditParty { name: String },
    RemoveParty { name: String },
    EditAgreement,
    AddFocusArea { name: String },
    EditFocusArea { name: String },
    RemoveFocusArea { name: String },
    AddGoal { text: String },
    EditGoal { text: String },
    RemoveGoal { text: String },
    AddCommitment { text: String },
    EditCommitment { text: String },
    RemoveCommitment { text: String },
    CheckIn,
    Example,
}

impl Op {
    pub fn word(&self) -> &'static str {
        match self {
            Self::NewFile => "new_file",
            Self::Import { .. } => "import",
            Self::RemoveSource { .. } => "remove_source",
            Self::EditSource { .. } => "edit_source",
            Self::EditQuestion { .. } => "edit_question",
            Self::SetCategoryTheme { .. } => "set_category_theme",
            Self::AddReport => "add_report",
            Self::EditReport => "edit_report",
            Self::RemoveReport => "remove_report",
            Self::ForgetRecipe { .. } => "forget_recipe",
            Self::TypeIn { .. } => "type_in",
            Self::EditTyped { .. } => "edit_typed",
            Self::Purge { .. } => "purge",
            Self::ChooseGroup { .. } => "choose_group",
            Self::AddNote => "add_note",
            Self::EditNote => "edit_note",
            Self::RemoveNote => "remove_note",
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
            Self::AddParty { .. } => "add_party",
            Self::EditParty { .. } => "edit_party",
            Self::RemoveParty { .. } => "remove_party",
            Self::EditAgreement => "edit_agreement",
            Self::AddFocusArea { .. } => "add_focus_area",
            Self::EditFocusArea { .. } => "edit_focus_area",
            Self::RemoveFocusArea { .. } => "remove_focus_area",
            Self::AddGoal { .. } => "add_goal",
            Self::EditGoal { .. } => "edit_goal",
            Self::RemoveGoal { .. } => "remove_goal",
            Self::AddCommitment { .. } => "add_commitment",
            Self::EditCommitment { .. } => "edit_commitment",
            Self::RemoveCommitment { .. } => "remove_commitment",
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
            Self::EditSource { title } => format!("Ändra underlaget {title}"),
            Self::EditQuestion { text } => format!("Ändra frågan ”{}”", short(text)),
            Self::SetCategoryTheme { category } => format!("Välj tema för ”{}”", short(category)),
            Self::AddReport => "Lägg till en rapport".into(),
            Self::EditReport => "Ändra en rapport".into(),
            Self::RemoveReport => "Ta bort en rapport".into(),
            Self::ForgetRecipe { title } => format!("Glöm hur ”{}” läses", short(title)),
            Self::TypeIn { title } => format!("Skriv in tabellen ”{title}”"),
            Self::EditTyped { title } => format!("Ändra tabellen ”{title}”"),
            Self::Purge { sources: 1 } => "Rensa ett underlag".into(),
            Self::Purge { sources } => format!("Rensa {sources} underlag"),
            Self::ChooseGroup { area } => format!("Välj kommuner att jämföra {area} med"),
            Self::AddNote => "Lägg till anteckning".into(),
            Self::EditNote => "Ändra anteckning".into(),
            Self::RemoveNote => "Ta bort anteckning".into(),
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
            Self::AddParty { name } => format!("Lägg till parten {name}"),
            Self::EditParty { name } => format!("Ändra parten {name}"),
            Self::RemoveParty { name } => format!("Ta bort parten {name}"),
            Self::EditAgreement => "Ändra överenskommelsen".into(),
            Self::AddFocusArea { name } => format!("Lägg till fokusområdet {name}"),
            Self::EditFocusArea { name } => format!("Ändra fokusområdet {name}"),
            Self::RemoveFocusArea { name } => format!("Ta bort fokusområdet {name}"),
            Self::AddGoal { text } => format!("Lägg till målet ”{}”", short(text)),
            Self::EditGoal { text } => format!("Ändra målet ”{}”", short(text)),
            Self::RemoveGoal { text } => format!("Ta bort målet ”{}”", short(text)),
            Self::AddCommitment { text } => format!("Lägg till åtagandet ”{}”", short(text)),
            Self::EditCommitment { text } => format!("Ändra åtagandet ”{}”", short(text)),
            Self::RemoveCommitment { text } => format!("Ta bort åtagandet ”{}”", short(text)),
            Self::CheckIn => "Följ upp ett åtagande".into(),
            Self::Example => "Skapa övningskommunen".into(),
        }
    }
}

/// Longest piece of a text in a line of history, in characters.
const MOST_SHOWN: usize = 40;

/// The start of a long text, cut between words.
fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST_SHOWN {
        return text;
    }
    let cut: String = text.chars().take(MOST_SHOWN - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_history_says_what_and_is_short() {
        let text = "Anmäld skadegörelse i hela kommunen ska minska tydligt till 2028.".to_owned();
        assert_eq!(Op::AddGoal { text: text.clone() }.label(), "Lägg till målet ”Anmäld skadegörelse i hela kommunen…”");
        assert_eq!(Op::EditGoal { text: "Färre inbrott.".into() }.label(), "Ändra målet ”Färre inbrott.”");
        assert_eq!(Op::AddCommitment { text: "gå vandring".into() }.label(), "Lägg till åtagandet ”gå vandring”");
        let unbroken = short(&"å".repeat(90));
        assert_eq!(unbroken.chars().count(), 40, "{unbroken}");
    }
}

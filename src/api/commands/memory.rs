//! A person's own recipes: decisions about files with the same headers, kept in the file, used again and forgotten.

use super::super::Outcome;
use super::super::requests::*;
use crate::error::{Error, Result};
use crate::file::{LagesbildFile, Op, Tx};
use crate::import::{self, Answers, Inspected, memory};
use crate::store::recipes::{self as kept, Recipe};
use crate::swedish;

/// A file as understood, with what was remembered about files like it.
pub(super) struct Recalled {
    pub inspected: Inspected,
    pub remembered: Option<Remembered>,
    /// None when nothing may be remembered.
    fingerprint: Option<String>,
    recipe: Option<Recipe>,
}

/// Reads a file with the answers given now and, where there are none, those from last time.
///
/// The headers are looked at without answers that reshape the tables, so that the same file always has the same fingerprint.
pub(super) fn inspect(file: &LagesbildFile, request: &ReadFile, inspect: impl Fn(&Answers) -> Result<Inspected>) -> Result<Recalled> {
    let plain: Answers = request.answers.iter().filter(|(id, _)| !memory::reshapes(id)).map(owned).collect();
    let first = match inspect(&plain) {
        Err(_) if plain != request.answers => return Ok(Recalled::nothing(inspect(&request.answers)?)),
        first => first?,
    };
    let fingerprint = first.headers.fingerprint().filter(|_| !request.no_memory);
    let recipe = fingerprint.as_deref().map(|print| kept::find(file.conn(), print)).transpose()?.flatten();
    let recalled = recipe.as_ref().map(|recipe| first.headers.local(&recipe.answers)).unwrap_or_default();
    let mut answers = recalled.clone();
    answers.extend(request.answers.iter().map(owned));
    let inspected = if answers == plain { first } else { inspect(&answers)? };
    match recipe {
        // Another reader asks other questions: what was said to the old one is not said to this.
        Some(recipe) if recipe.reader != inspected.description.recipe => {
            let inspected = inspect(&request.answers)?;
            Ok(Recalled { inspected, remembered: None, fingerprint, recipe: None })
        }
        recipe => {
            let remembered = recipe.as_ref().and_then(|recipe| remembered(recipe, &recalled, request, &inspected));
            Ok(Recalled { inspected, remembered, fingerprint, recipe })
        }
    }
}

fn owned((id, choice): (&String, &String)) -> (String, String) {
    (id.clone(), choice.clone())
}

/// What the file makes use of; nothing when it uses nothing.
fn remembered(recipe: &Recipe, recalled: &Answers, request: &ReadFile, inspected: &Inspected) -> Option<Remembered> {
    let mut answers = recalled.clone();
    answers.retain(|id, choice| {
        let raised = inspected.description.doubts.iter().any(|doubt| doubt.id == *id && doubt.answer.as_ref() == Some(choice));
        raised && !request.answers.contains_key(id)
    });
    let source = recipe.perspective.is_some() || recipe.kind.is_some() || !recipe.owner.is_empty() || !recipe.network.is_empty();
    let (title, at) = (recipe.title.clone(), recipe.decided.clone());
    let day = at.parse().map_or(at.clone(), swedish::date);
    let holds = if answers.is_empty() { "det du valde om underlaget då" } else { "dina svar från förra gången" };
    let sentence = format!("Läst som ”{title}” den {day}: {holds} gäller.");
    (source || !answers.is_empty()).then_some(Remembered { title, at, answers, sentence })
}

impl Recalled {
    fn nothing(inspected: Inspected) -> Self {
        Self { inspected, remembered: None, fingerprint: None, recipe: None }
    }

    /// The request with what was chosen last time about the source as a whole, where nothing is chosen now.
    pub fn complete(&self, request: &ReadFile) -> ReadFile {
        let mut request = request.clone();
        let Some(recipe) = &self.recipe else { return request };
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        request.perspective = request.perspective.or(recipe.perspective);
        request.kind = request.kind.or(recipe.kind.clone());
        request.owner = request.owner.or(filled(&recipe.owner));
        request.network = request.network.or(filled(&recipe.network));
        request
    }

    /// The answers that the file's questions got.
    pub fn answered(&self) -> Answers {
        let doubts = &self.inspected.description.doubts;
        doubts.iter().filter_map(|doubt| Some((doubt.id.clone(), doubt.answer.clone()?))).collect()
    }

    /// Keeps what was decided, if anything was.
    pub fn keep(&self, tx: &mut Tx, request: &ReadFile) -> Result<()> {
        let Some(fingerprint) = self.fingerprint.clone() else { return Ok(()) };
        let mut answers = self.recipe.as_ref().map(|recipe| recipe.answers.clone()).unwrap_or_default();
        answers.extend(self.inspected.headers.portable(&self.answered()));
        let recipe = Recipe {
            id: String::new(),
            fingerprint,
            title: self.title(request),
            reader: self.inspected.description.recipe.clone(),
            answers,
            perspective: request.perspective,
            kind: request.kind.clone(),
            owner: request.owner.clone().unwrap_or_default(),
            network: request.network.clone().unwrap_or_default(),
            decided: tx.context.today().to_string(),
        };
        let decided = !recipe.answers.is_empty() || recipe.perspective.is_some() || recipe.kind.is_some();
        if !decided && recipe.owner.is_empty() && recipe.network.is_empty() {
            return Ok(());
        }
        kept::keep(tx, &recipe)
    }

    /// What people call it, else the header words; never the file's name or its title, which may hold a year and a place.
    fn title(&self, request: &ReadFile) -> String {
        let held = self.recipe.as_ref().map(|recipe| recipe.title.clone());
        request.title.clone().or(held).unwrap_or_else(|| self.inspected.headers.title())
    }
}

fn reader_title(id: &str) -> String {
    import::title(id).unwrap_or(id).to_owned()
}

pub fn recipes(file: &mut LagesbildFile, _: Nothing) -> Result<Outcome<Vec<RecipeView>>> {
    let view = |recipe: Recipe| RecipeView {
        reader: reader_title(&recipe.reader),
        answers: recipe.answers.into_iter().map(|(id, choice)| RememberedAnswer { about: memory::about(&id), choice }).collect(),
        id: recipe.id,
        title: recipe.title,
        at: recipe.decided,
        perspective: recipe.perspective,
        kind: recipe.kind,
        owner: recipe.owner,
        network: recipe.network,
    };
    Ok(Outcome::read(kept::all(file.conn())?.into_iter().map(view).collect()))
}

pub fn forget_recipe(file: &mut LagesbildFile, request: ById) -> Result<Outcome<Nothing>> {
    let recipe = kept::by_id(file.conn(), &request.id)?.ok_or_else(|| Error::not_found("Receptet"))?;
    let done = file.transact(Op::ForgetRecipe { title: recipe.title }, |tx| kept::forget(tx, &recipe.id))?;
    Ok(Outcome { value: Nothing {}, stale: done.stale.into_iter().collect() })
}

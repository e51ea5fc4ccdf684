//! What can be typed (design: the command line). Help and errors are Swedish, also those of the parser.

use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Parser)]
#[command(
    name = "lagesbild",
    version,
    about = "Gemensam lägesbild, prioritering och överenskommelse, utan nät",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// Skriv svaret som JSON
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Visa hur en datafil skulle läsas. Inget sparas
    Inspect {
        /// Datafilen
        #[arg(value_name = "DATA")]
        data: PathBuf,
        /// Visa rutnätet så som det förstås
        #[arg(long)]
        cells: bool,
        /// Svar på en fråga om filen. Kan anges flera gånger
        #[arg(long = "answer", value_name = "ID=VAL")]
        answers: Vec<String>,
        /// Läs som inför import i den här filen: dess övningskommuner är kända
        #[arg(long, value_name = "FIL")]
        file: Option<PathBuf>,
    },
    /// Skapa en ny fil för en eller flera kommuner
    New {
        /// Filen som skapas, med ändelsen .lagesbild
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// En kommun som filen gäller. Kan anges flera gånger
        #[arg(long = "municipality", required = true, value_name = "KOMMUN")]
        municipalities: Vec<String>,
    },
    /// Läs in datafiler. En fil som inte går att läsa hindrar inte de andra
    ///
    /// Med --json skrivs ett objekt per rad och fil: rapporten, eller {"file": …, "error": …} för en fil som inte gick
    /// att läsa. Slutkod: 0 klart, 1 något väntar på svar, 2 minst en fil gick inte att läsa.
    Import {
        /// Filen som läses in i
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// En eller flera datafiler
        #[arg(required = true, value_name = "DATA")]
        data: Vec<PathBuf>,
        /// Vems bild underlaget ger: municipality, police, residents eller reference
        #[arg(long, value_name = "PERSPEKTIV")]
        perspective: Option<Perspective>,
        /// Underlagets slag: statistics, survey, field_reports, events, dialogue eller manual
        #[arg(long, value_name = "SLAG")]
        kind: Option<SourceKind>,
        /// Svar på en fråga om filerna. Kan anges flera gånger
        #[arg(long = "answer", value_name = "ID=VAL")]
        answers: Vec<String>,
        /// Enkät: hur många som fick den
        #[arg(long, value_name = "ANTAL")]
        sent_out: Option<u32>,
        /// Vems underlaget är, till exempel en nämnd, en skola eller polisen
        #[arg(long, value_name = "ÄGARE")]
        owner: Option<String>,
        /// Nätverket som det kommer från
        #[arg(long, value_name = "NÄTVERK")]
        network: Option<String>,
        /// Vad underlaget ska kallas
        #[arg(long, value_name = "NAMN")]
        title: Option<String>,
        /// Senaste dag för gallring, till exempel 2028-12-31
        #[arg(long, value_name = "DATUM")]
        remove_by: Option<String>,
        /// Visa vad som skulle hända, spara inget
        #[arg(long)]
        dry_run: bool,
        /// Varken använd eller spara svar om filer med samma rubriker
        #[arg(long)]
        no_memory: bool,
    },
    /// Lista vad du har svarat om filer, så att nästa fil med samma rubriker läses likadant
    Recipes {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Lista inlästa underlag
    Sources {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Rensa: ta verkligen bort ett underlag. Går inte att ångra, och ingenting före det heller
    #[command(visible_alias = "rensa")]
    Purge {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Underlagets nummer; ”sources” visar numren. Utan det rensas alla som är borttagna eller ångrade
        #[arg(value_name = "NUMMER")]
        source: Option<u32>,
        /// Visa vad som skulle försvinna, ta inte bort något
        #[arg(long)]
        dry_run: bool,
    },
    /// Ångra det senaste
    Undo {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Gör om det som ångrades
    Redo {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Visa allt som har gjorts i filen
    History {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Kontrollera att filen är hel
    Check {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Skriv varje sparat värde med sin cell, ett JSON-objekt per rad
    Rows {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Bara det här underlaget; ”sources” visar numren
        #[arg(long, value_name = "NUMMER")]
        source: Option<u32>,
    },
    /// Fråga efter en siffra
    Ask {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Slutet av sökvägen räcker, till exempel ”Skadegörelsebrott”
        #[arg(long, value_name = "UPPGIFT")]
        indicator: String,
        /// Kommun eller annat område
        #[arg(long, value_name = "OMRÅDE")]
        area: String,
        /// Första året
        #[arg(long, value_name = "ÅR")]
        from: Option<i32>,
        /// Sista året
        #[arg(long, value_name = "ÅR")]
        to: Option<i32>,
        /// Visa också länet eller landet: county eller country
        #[arg(long, value_name = "OMRÅDE")]
        compare: Option<Compare>,
        /// Enhet, till exempel ”per 100 000 inv”. Utan den: antal
        #[arg(long, default_value = "antal", value_name = "ENHET")]
        unit: String,
    },
    /// Gör ett dokument
    Document {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Vilket: picture, plan, agreement, promises eller minutes
        #[arg(value_name = "DOKUMENT")]
        kind: DocumentKind,
        /// För publicering: utan fritext och små tal. Finns för picture och promises
        #[arg(long)]
        public: bool,
        /// Vilken av filens kommuner. Utan den: den första
        #[arg(long, value_name = "KOMMUN")]
        municipality: Option<String>,
        /// Dokumentets namn, slutar på .docx, .pdf eller .html
        #[arg(long, value_name = "DOKUMENTFIL")]
        out: PathBuf,
    },
    /// Gå från en siffra till dess celler
    Trace {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Figurens nummer
        #[arg(value_name = "FIGUR")]
        figure: String,
    },
    /// Skriv övningskommunen och dess filer i en mapp
    Example {
        /// Mappen
        #[arg(value_name = "MAPP")]
        dir: PathBuf,
    },
    /// Kör ett kommando ur api:t
    Call {
        /// Filen
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Kommandots namn; utan det listas alla, med vad de tar och svarar
        #[arg(value_name = "NAMN")]
        command: Option<String>,
        /// Uppgifterna till kommandot
        #[arg(value_name = "JSON")]
        request: Option<String>,
    },
}

/// A word out of a fixed set; scripts use the English one, people may use the Swedish.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal | $swedish:literal),* $(,)? }) => {
        #[derive(Clone, Copy, ValueEnum)]
        pub enum $name { $(#[value(name = $word, alias = $swedish)] $variant),* }

        impl $name {
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

words!(Perspective { Municipality = "municipality" | "kommun", Police = "police" | "polis", Residents = "residents" | "invånare", Reference = "reference" | "referens" });
words!(SourceKind {
    Statistics = "statistics" | "statistik",
    Survey = "survey" | "enkät",
    FieldReports = "field_reports" | "fältrapporter",
    Events = "events" | "händelser",
    Dialogue = "dialogue" | "dialog",
    Manual = "manual" | "egna",
});
words!(DocumentKind {
    Picture = "picture" | "lägesbild",
    Plan = "plan" | "åtgärdsplan",
    Agreement = "agreement" | "överenskommelse",
    Promises = "promises" | "medborgarlöfte",
    Minutes = "minutes" | "minnesanteckningar",
});

#[derive(Clone, Copy, ValueEnum)]
pub enum Compare {
    #[value(alias = "län")]
    County,
    #[value(alias = "landet")]
    Country,
}

/// What was typed, or why it cannot be understood.
pub fn parsed() -> Result<Arguments, clap::Error> {
    Arguments::from_arg_matches(&command().try_get_matches()?)
}

pub fn command() -> Command {
    let mut all = swedish(Arguments::command(), "lagesbild").subcommand_value_name("KOMMANDO").subcommand_help_heading("Kommandon");
    all = all.arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("Visa versionen")
            .help_heading("Val")
            .display_order(99),
    );
    all.disable_version_flag(true).mut_subcommands(|verb| {
        let name = format!("lagesbild {}", verb.get_name());
        swedish(verb, &name)
    })
}

/// The same command with Swedish headings and no English word added by the parser.
fn swedish(command: Command, name: &str) -> Command {
    let usage = usage(&command, name);
    let help =
        Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Visa den här hjälpen").help_heading("Val").display_order(98);
    let mut order = 0;
    let own = |arg: Arg| {
        order += 1;
        let heading = if arg.is_positional() { "Argument" } else { "Val" };
        let valued = arg.get_action().takes_values();
        arg.display_order(order).help_heading(heading).hide_default_value(valued).hide_possible_values(valued)
    };
    command
        .mut_args(own)
        .disable_help_flag(true)
        .arg(help)
        .override_usage(usage)
        .help_template("{about-with-newline}\nAnvändning: {usage}\n\n{all-args}")
}

fn usage(command: &Command, name: &str) -> String {
    let mut parts = vec![name.to_owned()];
    if command.has_subcommands() {
        parts.push("<KOMMANDO>".to_owned());
    }
    let value = |arg: &Arg| arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    for arg in command.get_positionals() {
        let many = if matches!(arg.get_action(), ArgAction::Append) { "…" } else { "" };
        let name = value(arg);
        parts.push(if arg.is_required_set() { format!("<{name}>{many}") } else { format!("[{name}]") });
    }
    for arg in command.get_opts().filter(|arg| arg.is_required_set()) {
        parts.push(format!("--{} <{}>", arg.get_long().unwrap_or_default(), value(arg)));
    }
    parts.push("[VAL]".to_owned());
    parts.join(" ")
}

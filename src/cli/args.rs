//! What can be typed (design: the command line).

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "lagesbild",
    version,
    about = "Gemensam lägesbild, prioritering och överenskommelse, utan nät",
    disable_help_subcommand = true
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
        file: PathBuf,
        /// Visa rutnätet så som det förstås
        #[arg(long)]
        cells: bool,
        /// Svar på en fråga om filen: ID=VAL
        #[arg(long = "answer", value_name = "ID=VAL")]
        answers: Vec<String>,
    },
    /// Skapa en ny fil för en eller flera kommuner
    New {
        file: PathBuf,
        #[arg(long = "municipality", required = true, value_name = "KOMMUN")]
        municipalities: Vec<String>,
    },
    /// Läs in datafiler
    Import {
        file: PathBuf,
        #[arg(required = true)]
        data: Vec<PathBuf>,
        /// municipality, police, residents eller reference
        #[arg(long)]
        perspective: Option<String>,
        /// statistics, survey, field_reports, events, dialogue eller manual
        #[arg(long)]
        kind: Option<String>,
        #[arg(long = "answer", value_name = "ID=VAL")]
        answers: Vec<String>,
        /// Enkät: hur många som fick den
        #[arg(long)]
        sent_out: Option<u32>,
        /// Visa vad som skulle hända, spara inget
        #[arg(long)]
        dry_run: bool,
    },
    /// Lista inlästa underlag
    Sources { file: PathBuf },
    /// Ångra det senaste
    Undo { file: PathBuf },
    /// Gör om det som ångrades
    Redo { file: PathBuf },
    /// Visa allt som har gjorts i filen
    History { file: PathBuf },
    /// Kontrollera att filen är hel
    Check { file: PathBuf },
    /// Skriv varje sparat värde med sin cell, ett per rad
    Rows {
        file: PathBuf,
        #[arg(long)]
        source: Option<u32>,
    },
    /// Fråga efter en siffra
    Ask {
        file: PathBuf,
        /// Slutet av sökvägen räcker, till exempel "Skadegörelsebrott"
        #[arg(long)]
        indicator: String,
        #[arg(long)]
        area: String,
        #[arg(long)]
        from: Option<i32>,
        #[arg(long)]
        to: Option<i32>,
        /// county eller country
        #[arg(long)]
        compare: Option<String>,
        /// antal, per 100 000 inv …
        #[arg(long, default_value = "antal")]
        unit: String,
    },
    /// Gör ett dokument: picture, plan, agreement, promises eller minutes
    Document {
        file: PathBuf,
        kind: String,
        /// För publicering: utan fritext och små tal
        #[arg(long)]
        public: bool,
        #[arg(long)]
        municipality: Option<String>,
        /// Slutar på .docx, .pdf eller .html
        #[arg(long)]
        out: PathBuf,
    },
    /// Gå från en siffra till dess celler
    Trace { file: PathBuf, figure: String },
    /// Skriv övningskommunen och dess filer i en mapp
    Example { dir: PathBuf },
    /// Kör ett kommando ur api:t
    Call { file: PathBuf, command: String, request: Option<String> },
    /// Skriv typerna för fönstret (för utvecklare)
    #[command(hide = true)]
    Types,
}

/// Help goes to stdout with 0; a wrong verb is explained in Swedish with 2.
pub fn explain(error: &clap::Error) -> ExitCode {
    use clap::error::ErrorKind;
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print!("{error}");
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        print!("{error}");
        return ExitCode::from(2);
    }
    eprintln!("Kommandot går inte att förstå. Kör ”lagesbild --help” för att se vad som finns.");
    eprintln!("{error}");
    ExitCode::from(2)
}

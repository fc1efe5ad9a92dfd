//! What the analysis of a report needs at hand: the language models and the knowledge of the world.

use tidings_coding::CodedReport;
use tidings_language::{Annotator, Document};
use tidings_report::Report;
use tidings_world::World;

/// The models and the lexicon inside the program.
pub struct Desk {
    /// Countries, actors, places and actions.
    pub world: &'static World,
    annotator: Annotator,
}

impl Desk {
    /// Opens the models and the lexicon.
    pub fn open() -> Desk {
        Desk { world: World::embedded(), annotator: Annotator::embedded() }
    }

    /// Opens the models, with a world of the user's own, which is kept as long as the program runs.
    pub fn with(world: World) -> Desk {
        Desk { world: Box::leak(Box::new(world)), annotator: Annotator::embedded() }
    }

    /// Words and trees of a text.
    pub fn annotate<'t>(&self, text: &'t str) -> Document<'t> {
        self.annotator.annotate(text)
    }

    /// Tags and trees for words that are given.
    pub fn annotate_words<'t>(&self, words: &Document<'t>) -> Document<'t> {
        self.annotator.annotate_words(words)
    }

    /// The title as the parser reads it best.
    fn headline(&self, report: &Report) -> Option<String> {
        let title = report.title.as_deref().filter(|title| !title.trim().is_empty())?;
        Some(tidings_coding::foremost::plain(title, report.analysed(), self.world))
    }

    /// Everything coded from the report.
    pub fn code(&self, report: &Report, document: &Document) -> CodedReport {
        let title = self.headline(report);
        let headline = title.as_deref().map(|title| self.annotate(title));
        tidings_coding::code(report, document, headline.as_ref(), self.world)
    }

    /// As [`Desk::code`], with all predicates of the report.
    pub fn code_with_predicates(&self, report: &Report, document: &Document) -> CodedReport {
        let title = self.headline(report);
        let headline = title.as_deref().map(|title| self.annotate(title));
        tidings_coding::code_with_predicates(report, document, headline.as_ref(), self.world)
    }

    /// As [`Desk::code`], with the way from the words to each event.
    pub fn explain(&self, report: &Report, document: &Document) -> (CodedReport, Vec<String>) {
        tidings_coding::explain(report, document, self.world)
    }
}

//! Guides on one sheet of paper: what a counter does, and what somebody does who helps another person with the wallet.

use absah_print::{A4, Font, Page, wrapped};
use absah_schemas::text;
use absah_types::Lang;
use clap::ValueEnum;

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Guide {
    /// Officers at a counter.
    Counter,
    /// Whoever helps a citizen with the wallet.
    Helper,
}

const MARGIN: f32 = 56.0;
/// Steps, and things never to be done, on each sheet.
const STEPS: usize = 8;
const NEVER: usize = 3;
/// Characters of 14 points in a line.
const LINE: usize = 62;

impl Guide {
    const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Helper => "helper",
        }
    }

    /// The sheet as PDF, A4.
    pub(crate) fn draw(self, lang: Lang) -> Vec<u8> {
        let say = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
        let name = self.name();
        let mut page = Page::new(A4);
        let mut y = A4.1 - MARGIN - 22.0;
        page.write(Font::Bold, 22.0, MARGIN, y, &say(&format!("guide-{name}-title")));
        y -= 48.0;
        for step in 1..=STEPS {
            page.write(Font::Bold, 24.0, MARGIN, y - 2.0, &step.to_string());
            for line in wrapped(&say(&format!("guide-{name}-{step}")), LINE) {
                page.write(Font::Plain, 14.0, MARGIN + 32.0, y, &line);
                y -= 19.0;
            }
            y -= 16.0;
        }
        page.ground((MARGIN - 12.0, y - 84.0), (A4.0 - 2.0 * MARGIN + 24.0, 100.0));
        page.write(Font::Bold, 16.0, MARGIN, y - 6.0, &say("guide-never"));
        for never in 1..=NEVER {
            y -= 23.0;
            page.write(Font::Plain, 14.0, MARGIN, y - 6.0, &say(&format!("guide-{name}-never-{never}")));
        }
        page.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_all_its_texts_in_every_language() {
        for guide in [Guide::Counter, Guide::Helper] {
            for lang in [Lang::Id, Lang::Jv, Lang::En] {
                let name = guide.name();
                let steps = (1..=STEPS).map(|step| format!("guide-{name}-{step}"));
                let never = (1..=NEVER).map(|never| format!("guide-{name}-never-{never}"));
                let mut lines = 0;
                for id in steps.chain(never).chain([format!("guide-{name}-title"), "guide-never".to_owned()])
                {
                    let said = text(lang, &id).unwrap();
                    assert!(said.chars().all(|c| u32::from(c) < 256), "{id}: not in the fonts of the sheet");
                    lines += wrapped(&said, LINE).len();
                }
                // What is below the lower edge nobody reads.
                assert!(lines <= 29, "{name}, {lang:?}: {lines} lines do not fit on a sheet");
            }
        }
    }
}

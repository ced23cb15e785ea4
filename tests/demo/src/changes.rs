//! Something changed: a marriage reaches the counter by USB stick, and what the counter knows grows old.

use crate::journey::{EXTRACT, Expected, Holder, Story};
use crate::programs::Moment;
use crate::{Outcome, Trouble, disk};

/// A daughter in the sample who marries: grown up, unmarried.
pub(crate) const BRIDE: &str = "3577025708050001";
/// The column of the marital status; 1 is unmarried, 2 married.
const MARITAL_STATUS: &str = "STAT_KWN";

impl Story<'_> {
    /// She marries: the next extract says so, the next bundle carries it to the counter as a folder, and the old card is
    /// yellow there. The issuer is stopped all the while.
    pub(crate) fn marry(&mut self) -> Outcome<()> {
        let before = self.root.join(EXTRACT).join("sample-200.csv");
        let text = std::fs::read_to_string(&before).map_err(|e| disk(&before, &e))?;
        let extract = self.out.join("extract-after-the-marriage.csv");
        std::fs::write(&extract, married(&text)?).map_err(|e| disk(&extract, &e))?;
        let said =
            self.issuer("issuer").args(&["import"]).path(&extract).args(&["--json"]).run()?.success()?;
        self.summary.reimported = said.json;
        self.tell("Dukcapil imports the next extract: somebody has married");
        let bundle = self.publish("issuer", "bundle-3")?;
        self.import_bundle("verifier", &bundle)?;
        let answer = self.ask_and_answer(Holder::Bride, "married")?;
        self.decide("superseded-refused", &answer, Expected::refused("superseded"))
    }

    /// Her new card, and the same counter today, after 30 hours and after 4 days without a new bundle.
    pub(crate) fn grow_old(&mut self) -> Outcome<()> {
        let bundle = self.publish("issuer", "bundle-4")?;
        self.import_bundle("verifier", &bundle)?;
        let tiers = [
            ("fresh-green", Moment::Now, Expected::ACCEPTED),
            (
                "stale-amber",
                Moment::HoursLater(30),
                Expected { decision: "accepted", code: "accepted-stale" },
            ),
            ("stale-grey", Moment::HoursLater(96), Expected { decision: "undetermined", code: "status-old" }),
        ];
        for (name, moment, expected) in tiers {
            let answer = self.ask_and_answer_at(Holder::Bride, name, moment)?;
            self.decide_at(name, &answer, expected, moment)?;
        }
        Ok(())
    }
}

/// The extract with one cell changed. The sample has no quoted cells.
fn married(extract: &str) -> Outcome<String> {
    let gone = || Trouble::new("the sample has changed", "check out the project again");
    let column =
        extract.lines().next().and_then(|head| head.split(',').position(|name| name == MARITAL_STATUS));
    let column = column.ok_or_else(gone)?;
    let row = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        match (line.starts_with(BRIDE), cells.get_mut(column)) {
            (true, Some(cell)) => *cell = "2",
            _ => return line.to_owned(),
        }
        cells.join(",")
    };
    let changed: Vec<String> = extract.lines().map(row).collect();
    let changed = changed.join("\n") + "\n";
    if changed.trim_end() == extract.trim_end() { Err(gone()) } else { Ok(changed) }
}

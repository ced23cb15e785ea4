//! Writes an invented population extract: `population N SEED > file.csv`.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let number = |text: Option<String>| text.and_then(|text| text.parse::<u64>().ok());
    let (Some(n), Some(seed)) = (number(arguments.next()), number(arguments.next())) else {
        let _ = writeln!(std::io::stderr(), "population N SEED > file.csv");
        return ExitCode::from(2);
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut row = format!("{}\n", absah_testkit::population::HEADER);
    for resident in absah_testkit::population(usize::try_from(n).unwrap_or(usize::MAX), seed) {
        resident.write_row(&mut row);
        if out.write_all(row.as_bytes()).is_err() {
            return ExitCode::from(3);
        }
        row.clear();
    }
    if n > 0 && out.flush().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

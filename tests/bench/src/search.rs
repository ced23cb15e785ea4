//! Finding a person in the register of a whole city: by number, by family, by name and day of birth.

use std::sync::Arc;

use absah_host::{DataDir, Env, OsRng};
use absah_issuer::STORE_FILE;
use absah_issuer::keys::FileKeys;
use absah_issuer::ledger::seal::Sealer;
use absah_issuer::store::{Search, SqliteStore};
use absah_issuer_core::Resident;
use absah_issuer_core::population::{Rules, check};
use absah_testkit::SeededRng;
use absah_types::{PersonName, Timestamp};

use crate::measure::{Outcome, wall};
use crate::report::{Goal, Report};

const GROUP: &str = "Search of the console over a city's register on SQLite, time on the wall";
/// The extract's day.
const DAY: &str = "2026-11-22T03:00:00Z";

/// A way to search, and what of somebody is looked for.
type Kind = (&'static str, fn(&Resident) -> Option<Search>);

pub(crate) fn measure(report: &mut Report, residents: usize, searches: usize) -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(over(report, residents, searches))
}

async fn over(report: &mut Report, residents: usize, searches: usize) -> Outcome<()> {
    let place = tempfile::tempdir()?;
    let dir = DataDir::open("issuer", Some(&place.path().join("issuer")), &Env::default())?;
    let keys = Arc::new(FileKeys::in_memory(&mut SeededRng::new(72)));
    let sealer = Sealer::new(keys.as_ref(), Box::new(OsRng::open()?))?;
    let store = SqliteStore::open(&dir.join(STORE_FILE), sealer).await?;
    let extract = absah_testkit::population::csv(residents, 61).into_bytes();
    let now = Timestamp::parse_rfc3339(DAY)?;
    let checked = check(&extract, Rules::madiun(now.date()));
    store.import(&checked, &extract, &[], now).await?;
    report.figure(GROUP, "residents", residents as f64, "");
    let every = (checked.rows as usize / searches.max(1)).max(1);
    let people: Vec<_> = checked.residents(&extract).map(|(_, resident)| resident).step_by(every).collect();
    let kinds: [Kind; 3] = [
        ("by NIK, 95th percentile", |resident| Some(Search::Nik(resident.nik))),
        ("by family card, 95th percentile", |resident| Some(Search::Kk(resident.no_kk))),
        ("by name and birth date, 95th percentile", |resident| {
            let name = PersonName::parse(resident.nama.as_str()).ok()?;
            Some(Search::Born(name, resident.tanggal_lahir))
        }),
    ];
    for (name, search) in kinds {
        let mut times = Vec::with_capacity(people.len());
        for resident in &people {
            let Some(search) = search(resident) else { continue };
            let start = wall();
            let (found, _) = store.search(&search).await?;
            times.push(wall() - start);
            if found.is_empty() {
                return Err("somebody of the register is not found".into());
            }
        }
        times.sort_unstable();
        let at = (times.len() * 95 / 100).min(times.len().saturating_sub(1));
        let slow = times.get(at).ok_or("nothing was searched")?.as_secs_f64() * 1e3;
        report.goal(GROUP, name, slow, "ms", Goal::AtMost(50.0));
    }
    Ok(())
}

use absah_types::Date;

use super::*;

/// A small generator: the month is the same one every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn in_hundred(&mut self, share: u64) -> bool {
        self.below(100) < share
    }
}

fn tag(kind: u8, number: u64) -> [u8; 32] {
    let mut tag = [kind; 32];
    tag[..8].copy_from_slice(&number.to_be_bytes());
    tag
}

/// Local time of a day of the month.
fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    let first = Date::parse("2026-11-02").unwrap();
    let midnight = Timestamp::parse_rfc3339(&format!("{first}T00:00:00Z")).unwrap().unix() - OFFSET;
    Timestamp::from_unix(midnight + day * DAY_LENGTH + hour * 3600 + minute * 60)
}

/// One operator's month: what was done, and how often each rule spoke. A rule speaks once an hour at most, as at the console.
struct Life {
    looks: Vec<Look>,
    sign_ins: Vec<Seen>,
    /// What was proposed for people and is agreed to at the end of the day: only then it is something done.
    proposed: Vec<Look>,
    spoken: BTreeMap<Rule, Vec<Timestamp>>,
}

impl Life {
    fn new() -> Self {
        Self { looks: Vec::new(), sign_ins: Vec::new(), proposed: Vec::new(), spoken: BTreeMap::new() }
    }

    fn say(&mut self, spoken: Vec<(Rule, String)>, now: Timestamp) -> Vec<Rule> {
        let mut new = Vec::new();
        for (rule, _) in spoken {
            let times = self.spoken.entry(rule).or_default();
            if times.last().is_none_or(|last| now.since(*last) >= Seconds::hours(1)) {
                times.push(now);
                new.push(rule);
            }
        }
        new
    }

    fn look(&mut self, at: Timestamp, subject: u64, family: u64, what: What) -> Vec<Rule> {
        let family = matches!(what, What::Opened | What::Queue).then(|| tag(1, family));
        self.looks.push(Look { at, subject: tag(0, subject), family, what });
        if matches!(what, What::Act | What::Proposed) {
            return Vec::new();
        }
        let spoken = at_look(&self.looks);
        self.say(spoken, at)
    }

    fn sign_in(&mut self, at: Timestamp, device: &str, source: &str, sessions: &[Seen]) -> Vec<Rule> {
        let now = Seen { at, device: device.to_owned(), source: source.to_owned() };
        let spoken = at_sign_in(&now, &self.sign_ins, sessions);
        self.sign_ins.push(now);
        self.say(spoken, at)
    }

    /// A day at the counter: people come, are found, opened, served; some only ask; some come as a family.
    fn day(&mut self, dice: &mut Dice, day: i64, hours: core::ops::Range<i64>, per_hour: u64) {
        // Other dice for what came later into the month: the people who come stay the same.
        let mut slips = Dice(1 + self.looks.len() as u64 * 7919);
        let version = 130 + day / 28;
        // Two machines, as the rota has it.
        let machine = if dice.in_hundred(30) { "Windows NT 10.0" } else { "X11; Linux x86_64" };
        let device = format!("Mozilla/5.0 ({machine}) Chrome/{version}.0.0.0");
        self.sign_in(at(day, hours.start, 0), &device, "10.1.2.3", &[]);
        for hour in hours {
            for _ in 0..(per_hour / 2 + dice.below(per_hour + 1)) {
                let now = at(day, hour, i64::try_from(dice.below(50)).unwrap());
                self.serve(dice, &mut slips, now);
            }
        }
        self.looks.append(&mut self.proposed);
        self.looks.sort_by_key(|look| look.at);
    }

    fn serve(&mut self, dice: &mut Dice, slips: &mut Dice, now: Timestamp) {
        let family = dice.below(60_000);
        if self.looks.last().is_some_and(|last| last.at > now) {
            return;
        }
        // Mistyped now and then, once or twice.
        for _ in 0..(if slips.in_hundred(6) { 1 + slips.below(2) } else { 0 }) {
            self.look(now, 5_000_000_000 + slips.below(1_000_000), 0, What::Missed);
        }
        for n in 0..=(if dice.in_hundred(15) { dice.below(6) } else { 0 }) {
            self.look(now, family * 10 + n, family, What::Listed);
        }
        let members = if dice.in_hundred(15) { 1 + dice.below(4) } else { 1 };
        for member in 0..members {
            let person = family * 10 + member;
            let what = if dice.in_hundred(20) { What::Queue } else { What::Opened };
            self.look(now.plus(Seconds::minutes(1)), person, family, what);
            // Some only ask.
            if dice.in_hundred(92) {
                let at = now.plus(Seconds::minutes(3));
                if slips.in_hundred(8) {
                    self.look(at, person, family, What::Proposed);
                    self.proposed.push(Look { at, subject: tag(0, person), family: None, what: What::Act });
                } else {
                    self.look(at, person, family, What::Act);
                }
            }
        }
    }
}

/// Twelve operators, one of them at night, for four weeks: what speaks of them is false.
#[test]
fn a_synthetic_month_and_its_false_alerts() {
    let mut dice = Dice(20_261_102);
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    let (mut days, mut looks, mut lives) = (0, 0, Vec::new());
    for operator in 0..12_u64 {
        let mut life = Life::new();
        let night = operator == 7;
        for day in (0..28).filter(|day| day % 7 < 5) {
            let hours = match (night, dice.in_hundred(5)) {
                (true, _) => 1..4,
                // A long day now and then.
                (false, true) => 7..19,
                (false, false) => 8..15,
            };
            life.day(&mut dice, day, hours, 3 + operator % 8);
            days += 1;
        }
        looks += life.looks.len();
        for (rule, times) in &life.spoken {
            *counts.entry(*rule).or_default() += times.len();
        }
        lives.push(life);
    }
    let total: usize = counts.values().sum();
    println!("operator days {days}, looks and acts {looks}, false alerts {total}");
    for rule in Rule::ALL {
        println!("  {:<14} {}", rule.as_str(), counts.get(&rule).copied().unwrap_or_default());
    }
    // One in ten days of an operator at most: a list that somebody reads. Half of it is each one's second machine.
    assert!(total <= days / 10, "{total} of {days}");

    // And what is not false is told, of an operator with a month behind them.
    let life = &mut lives[3];
    let day = 28;
    let mut burst = Vec::new();
    for n in 0..60 {
        let soon = at(day, 9, 0).plus(Seconds(n * 6));
        burst.extend(life.look(
            soon,
            900_000 + u64::try_from(n).unwrap() * 10,
            90_000 + u64::try_from(n).unwrap(),
            What::Opened,
        ));
    }
    assert!(burst.contains(&Rule::Burst), "{burst:?}");
    let mut idle = Vec::new();
    for n in 0..30 {
        idle.extend(life.look(
            at(day, 11, n * 2),
            800_000 + u64::try_from(n).unwrap() * 10,
            80_000 + u64::try_from(n).unwrap(),
            What::Opened,
        ));
    }
    assert!(idle.contains(&Rule::OutsideQueue), "{idle:?}");
    let mut family = Vec::new();
    for n in 0..6 {
        family.extend(life.look(
            at(day, 14, n * 5),
            700_000 + u64::try_from(n).unwrap(),
            70_000,
            What::Opened,
        ));
    }
    assert!(family.contains(&Rule::Family), "{family:?}");
    assert_eq!(life.look(at(day, 15, 0), 1, 1, What::Honeytoken), [Rule::Honeytoken]);
    let mut guessed = Vec::new();
    for n in 0..20 {
        guessed.extend(life.look(at(day, 16, n), 600_000 + u64::try_from(n).unwrap(), 0, What::Missed));
    }
    assert!(guessed.contains(&Rule::Guess), "{guessed:?}");
    assert!(life.look(at(day, 26, 0), 2, 2, What::Queue).contains(&Rule::Night), "two in the morning");
    let strange = life.sign_in(at(day + 1, 8, 0), "Mozilla/5.0 (iPhone)", "10.1.2.3", &[]);
    assert_eq!(strange, [Rule::NewDevice]);
    let usual = "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0.0.0";
    let open = Seen { at: at(day + 1, 8, 55), device: usual.to_owned(), source: "203.0.113.9".to_owned() };
    assert_eq!(life.sign_in(at(day + 1, 9, 0), usual, "10.1.2.3", &[open]), [Rule::TwoPlaces]);
}

#[test]
fn what_is_usual_for_one_is_not_for_another() {
    let mut dice = Dice(5);
    let (mut day_worker, mut night_worker) = (Life::new(), Life::new());
    for day in 0..20 {
        day_worker.day(&mut dice, day, 8..15, 5);
        night_worker.day(&mut dice, day, 1..4, 5);
    }
    let now = at(21, 2, 0);
    assert!(day_worker.look(now, 1, 1, What::Queue).contains(&Rule::Night));
    assert!(!night_worker.look(now, 1, 1, What::Queue).contains(&Rule::Night));
}

#[test]
fn a_new_version_of_the_browser_is_no_new_device() {
    let mut life = Life::new();
    let device =
        |version: u32| format!("Mozilla/5.0 (X11; Linux x86_64) Chrome/{version}.0.0.0 Safari/537.36");
    assert!(life.sign_in(at(0, 8, 0), &device(130), "", &[]).is_empty(), "the first one is nobody's second");
    assert!(life.sign_in(at(1, 8, 0), &device(131), "", &[]).is_empty());
    assert_eq!(life.sign_in(at(2, 8, 0), "curl/8.5", "", &[]), [Rule::NewDevice]);
}

#[test]
fn night_is_night_in_madiun() {
    let unusual = |text: &str| is_unusual_hour(Timestamp::parse_rfc3339(text).unwrap(), &[]);
    assert!(unusual("2026-11-27T18:30:00Z"), "half past one in the morning");
    assert!(!unusual("2026-11-27T01:00:00Z"), "eight in the morning");
    assert!(unusual("2026-11-27T15:00:00Z"), "ten in the evening");
    assert!(!unusual("2026-11-27T14:59:59Z"));
}

/// What a rule says at the last look.
fn said(looks: &[Look], rule: Rule) -> Option<String> {
    at_look(looks).into_iter().find(|(one, _)| *one == rule).map(|(_, detail)| detail)
}

fn looks(count: u64, what: What, family: impl Fn(u64) -> Option<u64>) -> Vec<Look> {
    let look = |n: u64| Look {
        at: at(1, 9, 0).plus(Seconds(i64::try_from(n).unwrap())),
        subject: tag(0, n),
        family: family(n).map(|family| tag(1, family)),
        what,
    };
    (0..count).map(look).collect()
}

#[test]
fn an_approver_who_opens_a_large_import_is_no_burst() {
    let shown = looks(50, What::Shown, |_| None);
    assert_eq!(said(&shown, Rule::Burst), None, "whom a proposal is about is not the approver's choice");
    assert_eq!(said(&looks(50, What::Opened, |_| None), Rule::Burst).as_deref(), Some("50"));
    assert_eq!(What::of_name("proposal"), Some(What::Shown));
}

#[test]
fn another_record_of_nobody_and_another_family_make_the_count_higher() {
    let mut lures = looks(1, What::Honeytoken, |_| None);
    assert_eq!(said(&lures, Rule::Honeytoken).as_deref(), Some("1"));
    lures.extend(looks(1, What::Honeytoken, |_| None));
    assert_eq!(said(&lures, Rule::Honeytoken).as_deref(), Some("1"), "the same one again");
    lures.extend(looks(2, What::Honeytoken, |_| None));
    assert_eq!(said(&lures, Rule::Honeytoken).as_deref(), Some("2"));
    let families = looks(8, What::Opened, |n| Some(n / 4));
    assert_eq!(said(&families[..4], Rule::Family).as_deref(), Some("4"));
    assert_eq!(said(&families, Rule::Family).as_deref(), Some("8"));
}

#[test]
fn a_few_slips_are_no_guessing() {
    let missed = looks(7, What::Missed, |_| None);
    assert_eq!(said(&missed[..6], Rule::Guess), None);
    assert_eq!(said(&missed, Rule::Guess).as_deref(), Some("7"));
    let same: Vec<Look> = missed.iter().map(|look| Look { subject: tag(0, 1), ..*look }).collect();
    assert_eq!(said(&same, Rule::Guess), None, "one number again and again finds nobody new");
}

#[test]
fn what_is_only_proposed_serves_a_few_and_no_more() {
    let served = |count: u64| {
        let mut looks = looks(30, What::Opened, |_| None);
        let proposed = looks[..usize::try_from(count).unwrap()].to_vec();
        looks.extend(proposed.into_iter().map(|look| Look { what: What::Proposed, ..look }));
        let later = at(1, 9, 30);
        looks.push(Look { at: later, subject: tag(0, 99), family: None, what: What::Opened });
        said(&looks, Rule::OutsideQueue)
    };
    assert_eq!(served(0).as_deref(), Some("30"));
    assert_eq!(served(3).as_deref(), Some("27"));
    assert_eq!(served(30).as_deref(), Some("27"), "a proposal for everybody hides nobody");
}

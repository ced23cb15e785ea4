//! What looks unusual: rules whose reason can be said in words, each against what is usual for this one operator.
//!
//! Pure: whoever calls has the operator's own sign-ins and looks of the last [`MEMORY`]. Nothing here locks anybody out.

use std::collections::{BTreeMap, BTreeSet};

use absah_types::{Seconds, Timestamp};

/// What is usual is learnt from so long.
pub const MEMORY: Seconds = Seconds::days(35);
/// Days of work before which nobody knows what is usual: then only the floors hold.
const LEARNT: usize = 5;
/// Different people within [`BURST_SPAN`] that are no burst for anybody.
const BURST_FLOOR: u64 = 30;
const BURST_SPAN: Seconds = Seconds::minutes(10);
/// Records within [`QUEUE_SPAN`] of which nothing came, and which nobody had asked for, that are nothing unusual yet.
const QUEUE_FLOOR: u64 = 8;
const QUEUE_SPAN: Seconds = Seconds::hours(1);
/// So long after a record is opened nothing need have come of it.
const SERVING: Seconds = Seconds::minutes(10);
/// Members of one family, each opened alone and without anything done, that are nothing unusual yet.
const FAMILY_FLOOR: u64 = 2;
/// Different numbers or names searched in vain within [`GUESS_SPAN`] that are nothing unusual yet: people mistype.
const GUESS_FLOOR: u64 = 6;
const GUESS_SPAN: Seconds = Seconds::hours(1);
/// So many different people for whom something is proposed within [`QUEUE_SPAN`] count as served while it waits for a second
/// person: more would be a way to look at anybody.
const PROPOSED_FLOOR: usize = 3;
/// Records of nobody are counted together within so long: one more of them is told anew.
const LURE_SPAN: Seconds = Seconds::hours(1);
/// Hours of the city's day in which offices work.
const DAY: core::ops::Range<i64> = 5..22;
/// On so many days somebody must have worked at an hour before it is usual.
const NIGHTS: usize = 3;
/// Two sessions in use within so long are in use at the same time.
const SAME_TIME: Seconds = Seconds::minutes(15);
/// The city is so far ahead of UTC.
const OFFSET: i64 = 7 * 3600;
const DAY_LENGTH: i64 = 86_400;

/// A rule that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Signed in from a device never seen with this account.
    NewDevice,
    /// Signed in while another device or place is in use.
    TwoPlaces,
    /// Records opened that nobody had asked for and of which nothing came.
    OutsideQueue,
    /// Members of one family opened one by one, without anything done.
    Family,
    /// Many different people in a short time.
    Burst,
    /// Work at an hour at which this operator does not work.
    Night,
    /// A record of nobody was opened.
    Honeytoken,
    /// Many searches in vain: numbers are guessed until one exists.
    Guess,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NewDevice,
        Self::TwoPlaces,
        Self::OutsideQueue,
        Self::Family,
        Self::Burst,
        Self::Night,
        Self::Honeytoken,
        Self::Guess,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewDevice => "new-device",
            Self::TwoPlaces => "two-places",
            Self::OutsideQueue => "outside-queue",
            Self::Family => "family",
            Self::Burst => "burst",
            Self::Night => "night",
            Self::Honeytoken => "honeytoken",
            Self::Guess => "guess",
        }
    }
}

/// Why a person's record was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Found in a search.
    Listed,
    /// Shown with what somebody else proposes: whoever decides does not choose whom.
    Shown,
    /// Nobody was found.
    Missed,
    /// Opened by the officer's own wish.
    Opened,
    /// Opened from the list of work that waits.
    Queue,
    /// Not a look: something was done for the person.
    Act,
    /// Not a look: something was proposed for the person, which somebody else has yet to agree to.
    Proposed,
    /// A record of nobody was opened.
    Honeytoken,
}

impl What {
    /// The kind of that name in the records; nothing for what no rule is about.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "search" => Some(Self::Listed),
            "proposal" => Some(Self::Shown),
            "missed" => Some(Self::Missed),
            "resident" => Some(Self::Opened),
            "queue" => Some(Self::Queue),
            "act" => Some(Self::Act),
            "proposed" => Some(Self::Proposed),
            "honeytoken" => Some(Self::Honeytoken),
            _ => None,
        }
    }
}

/// A look at a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// A tag of whose.
    pub subject: [u8; 32],
    /// A tag of the family.
    pub family: Option<[u8; 32]>,
    /// Why.
    pub what: What,
}

/// A sign-in, or a session in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When, or when last.
    pub at: Timestamp,
    /// What the browser says it is.
    pub device: String,
    /// The address.
    pub source: String,
}

/// A browser without its versions, which change every few weeks.
fn kind_of(device: &str) -> String {
    device.chars().filter(|c| !c.is_ascii_digit() && *c != '.').collect()
}

fn day(at: Timestamp) -> i64 {
    (at.unix() + OFFSET).div_euclid(DAY_LENGTH)
}

fn hour(at: Timestamp) -> i64 {
    (at.unix() + OFFSET).rem_euclid(DAY_LENGTH) / 3600
}

/// What speaks at a sign-in, given the account's earlier ones and its other sessions.
#[must_use]
pub fn at_sign_in(now: &Seen, earlier: &[Seen], sessions: &[Seen]) -> Vec<(Rule, String)> {
    let mut spoken = Vec::new();
    let own = kind_of(&now.device);
    if !earlier.is_empty() && earlier.iter().all(|seen| kind_of(&seen.device) != own) {
        spoken.push((Rule::NewDevice, now.device.clone()));
    }
    let elsewhere = |seen: &&Seen| {
        let is_other = kind_of(&seen.device) != own || (!seen.source.is_empty() && seen.source != now.source);
        is_other && now.at.since(seen.at) < SAME_TIME
    };
    if let Some(other) = sessions.iter().find(elsewhere) {
        spoken.push((Rule::TwoPlaces, format!("{} {}", other.device, other.source).trim().to_owned()));
    }
    let times: Vec<Timestamp> = earlier.iter().map(|seen| seen.at).collect();
    if is_unusual_hour(now.at, &times) {
        spoken.push((Rule::Night, String::new()));
    }
    spoken
}

/// Outside the office's hours, and not an hour at which this operator usually works.
fn is_unusual_hour(now: Timestamp, earlier: &[Timestamp]) -> bool {
    if DAY.contains(&hour(now)) {
        return false;
    }
    let near = |at: &&Timestamp| {
        let apart = (hour(**at) - hour(now)).rem_euclid(24);
        (apart <= 1 || apart == 23) && now.since(**at) > Seconds::hours(12)
    };
    let days: BTreeSet<i64> =
        earlier.iter().filter(near).map(|at| day(at.plus(Seconds::hours(12)))).collect();
    days.len() < NIGHTS
}

/// What speaks at a look: the last of `looks`, which are this operator's own, oldest first.
#[must_use]
pub fn at_look(looks: &[Look]) -> Vec<(Rule, String)> {
    let Some(now) = looks.last() else { return Vec::new() };
    let mut spoken = Vec::new();
    if now.what == What::Honeytoken {
        let lures = window(looks, now.at, LURE_SPAN, |look| look.what == What::Honeytoken);
        spoken.push((Rule::Honeytoken, lures.to_string()));
    }
    let today = day(now.at);
    let chosen = |look: &Look| !matches!(look.what, What::Act | What::Proposed | What::Shown | What::Missed);
    let people = window(looks, now.at, BURST_SPAN, chosen);
    if people > limit(BURST_FLOOR, &daily(looks, today, BURST_SPAN, chosen)) {
        spoken.push((Rule::Burst, people.to_string()));
    }
    let missed = |look: &Look| look.what == What::Missed;
    let vain = window(looks, now.at, GUESS_SPAN, missed);
    if vain > limit(GUESS_FLOOR, &daily(looks, today, GUESS_SPAN, missed)) {
        spoken.push((Rule::Guess, vain.to_string()));
    }
    let idle = idle(looks, now.at);
    let count = window(&idle, now.at, QUEUE_SPAN, |_| true);
    if count > limit(QUEUE_FLOOR, &daily(&idle, today, QUEUE_SPAN, |_| true)) {
        spoken.push((Rule::OutsideQueue, count.to_string()));
    }
    // The one being served now as well.
    let unserved: Vec<Look> = unserved(looks);
    let members = |on: i64| {
        let mut families: BTreeMap<[u8; 32], BTreeSet<[u8; 32]>> = BTreeMap::new();
        for look in unserved.iter().filter(|look| day(look.at) == on) {
            if let Some(family) = look.family {
                families.entry(family).or_default().insert(look.subject);
            }
        }
        families
    };
    if let (What::Opened, Some(family)) = (now.what, now.family) {
        let families = members(today);
        let opened = families.get(&family).map_or(0, BTreeSet::len) as u64;
        let days: BTreeSet<i64> = looks.iter().map(|look| day(look.at)).filter(|on| *on < today).collect();
        let usual: Vec<u64> = days
            .into_iter()
            .map(|on| members(on).values().map(BTreeSet::len).max().unwrap_or_default() as u64)
            .collect();
        let most = limit(FAMILY_FLOOR, &usual);
        if opened > most {
            // Those of every family that was gone through: another one makes the count higher.
            let all = families.values().map(|members| members.len() as u64).filter(|count| *count > most);
            spoken.push((Rule::Family, all.sum::<u64>().to_string()));
        }
    }
    let times: Vec<Timestamp> = looks.iter().map(|look| look.at).collect();
    if is_unusual_hour(now.at, &times) {
        spoken.push((Rule::Night, String::new()));
    }
    spoken
}

/// Records that were opened by the officer's own wish and for whose people nothing was done that day.
fn unserved(looks: &[Look]) -> Vec<Look> {
    let counts = |look: &&Look| {
        look.what == What::Act || (look.what == What::Proposed && proposed(looks, look.at) <= PROPOSED_FLOOR)
    };
    let acts: BTreeSet<([u8; 32], i64)> =
        looks.iter().filter(counts).map(|look| (look.subject, day(look.at))).collect();
    let is_left = |look: &&Look| look.what == What::Opened && !acts.contains(&(look.subject, day(look.at)));
    looks.iter().filter(is_left).copied().collect()
}

/// For how many different people something was proposed in the time before a moment.
fn proposed(looks: &[Look], now: Timestamp) -> usize {
    let until = looks.partition_point(|look| look.at <= now);
    let before = looks.get(..until).unwrap_or_default().iter().rev();
    let within = before.take_while(|look| now.since(look.at) < QUEUE_SPAN);
    within.filter(|look| look.what == What::Proposed).map(|look| look.subject).collect::<BTreeSet<_>>().len()
}

/// The same without those that may still be served.
fn idle(looks: &[Look], now: Timestamp) -> Vec<Look> {
    let mut left = unserved(looks);
    left.retain(|look| now.since(look.at) >= SERVING);
    left
}

/// Different people in the time before a moment.
fn window(looks: &[Look], now: Timestamp, span: Seconds, counts: impl Fn(&Look) -> bool) -> u64 {
    let within = |look: &&Look| look.at <= now && now.since(look.at) < span && counts(look);
    looks
        .iter()
        .rev()
        .take_while(|look| now.since(look.at) < span)
        .filter(within)
        .map(|look| look.subject)
        .collect::<BTreeSet<_>>()
        .len() as u64
}

/// For each earlier day of work the most different people within a span.
fn daily(looks: &[Look], today: i64, span: Seconds, counts: impl Fn(&Look) -> bool) -> Vec<u64> {
    let mut days: BTreeMap<i64, Vec<&Look>> = BTreeMap::new();
    for look in looks.iter().filter(|look| day(look.at) < today) {
        days.entry(day(look.at)).or_default().push(look);
    }
    let most = |looks: &Vec<&Look>| {
        let mut inside: BTreeMap<[u8; 32], u32> = BTreeMap::new();
        let mut open = std::collections::VecDeque::new();
        let mut most = 0;
        for look in looks.iter().filter(|look| counts(look)) {
            open.push_back(*look);
            *inside.entry(look.subject).or_default() += 1;
            while open.front().is_some_and(|first: &&Look| look.at.since(first.at) >= span) {
                if let Some(first) = open.pop_front()
                    && let Some(count) = inside.get_mut(&first.subject)
                {
                    *count -= 1;
                    if *count == 0 {
                        inside.remove(&first.subject);
                    }
                }
            }
            most = most.max(inside.len() as u64);
        }
        most
    };
    days.values().map(most).collect()
}

/// What is more than usual: the floor, or the mean of earlier days and three standard deviations, whichever is more.
fn limit(floor: u64, days: &[u64]) -> u64 {
    if days.len() < LEARNT {
        return floor;
    }
    let count = days.len() as u64;
    let mean = days.iter().sum::<u64>() / count;
    let spread = days.iter().map(|day| day.abs_diff(mean).pow(2)).sum::<u64>() / count;
    floor.max(mean + 3 * spread.isqrt())
}

#[cfg(test)]
mod tests;

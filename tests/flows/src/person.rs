//! Finding the people a flow needs.

use absah_testkit::Resident;
use absah_types::Date;

/// Whoever is between 30 and 50 on a day, so that no age threshold is near.
#[must_use]
pub fn adult(people: &[Resident], today: Date) -> Option<&Resident> {
    people.iter().find(|one| (30..50).contains(&one.birth.age_on(today)))
}

/// Somebody of a family with at least three members, and who its head is.
#[must_use]
pub fn head_of_family(people: &[Resident]) -> Option<&Resident> {
    people
        .iter()
        .find(|one| one.relation == 1 && people.iter().filter(|other| other.no_kk == one.no_kk).count() >= 3)
}

/// A member of the same family who is under 17.
#[must_use]
pub fn child_of<'p>(people: &'p [Resident], head: &Resident, today: Date) -> Option<&'p Resident> {
    people.iter().find(|one| one.no_kk == head.no_kk && one.birth.age_on(today) < 17)
}

//! Several cards in one answer: of one person, by copies that say so, and by none that another agency may know.

use absah_protocol::dcql::{Match, Query, Unsatisfied};

use super::ask::{HeldCard, evaluate};
use crate::{
    card::{Choice, Copy},
    history::Event,
    wallet::Wallet,
};

/// Cards of one person that answer together.
pub(super) struct Linked {
    /// Which card answers what.
    pub(super) matches: Vec<Match>,
    /// What the chosen copies have in common.
    pub(super) link: String,
}

/// The first cards, best first, that answer together and are of one person; chooses the copies that say so.
///
/// A person's cards bear the same links copy by copy, so each agency gets its own link as it gets its own copies. None if
/// no cards of one person answer: also those received before cards bore links.
pub(super) fn cards_of_one_person(
    held: &mut [HeldCard<'_>],
    query: &Query,
    wallet: &Wallet,
    agency: &str,
) -> Option<Linked> {
    (0..held.len()).find_map(|anchor| {
        let first = held.get(anchor)?.card.links();
        let kin: Vec<usize> = held
            .iter()
            .enumerate()
            .filter(|(_, one)| !one.card.links().is_disjoint(&first))
            .map(|(at, _)| at)
            .collect();
        let cards: Vec<_> = kin.iter().filter_map(|at| held.get(*at)).collect();
        let mut matches = evaluate(query, &cards).ok()?;
        for one in &mut matches {
            one.credential = *kin.get(one.credential)?;
        }
        let link = best_link(held, &matches, wallet, agency)?;
        let is_known = shown_elsewhere(wallet, &link, agency);
        for one in &matches {
            let card = held.get_mut(one.credential)?;
            let (index, copy) = copy_of(card, &link)?;
            card.choice = Choice { index, reused: is_known || copy.is_reused_for(agency) };
        }
        Some(Linked { matches, link })
    })
}

/// What is missing on the cards of a person who has one of every type that is asked; none where nobody has them all.
pub(super) fn short_of_claims(held: &[HeldCard<'_>], query: &Query) -> Option<Unsatisfied> {
    held.iter().find_map(|anchor| {
        let first = anchor.card.links();
        let kin: Vec<_> = held.iter().filter(|one| !one.card.links().is_disjoint(&first)).collect();
        evaluate(query, &kin).err().filter(|error| matches!(error, Unsatisfied::MissingClaims { .. }))
    })
}

fn copy_of<'w>(card: &HeldCard<'w>, link: &str) -> Option<(usize, &'w Copy)> {
    card.card.copies.iter().enumerate().find(|(_, copy)| copy.link.as_deref() == Some(link))
}

/// The link that every card has and that gives away least: no copy and no link that another agency has seen, then what
/// this agency knows already, then what was first used longest ago, then the first.
fn best_link(held: &[HeldCard<'_>], matches: &[Match], wallet: &Wallet, agency: &str) -> Option<String> {
    let cards: Vec<_> = matches.iter().filter_map(|one| held.get(one.credential)).collect();
    let first = cards.first()?;
    // None for a link that one of the cards does not have.
    let cost = |link: &str| {
        let copies: Option<Vec<_>> = cards.iter().map(|card| copy_of(card, link)).collect();
        let copies = copies?;
        let count = |test: &dyn Fn(&Copy) -> bool| copies.iter().filter(|(_, copy)| test(copy)).count();
        let reused = count(&|copy| copy.is_reused_for(agency));
        let is_known = shown_elsewhere(wallet, link, agency);
        let unseen = count(&|copy| !copy.is_seen_by(agency));
        let last_used = copies.iter().map(|(_, copy)| copy.first_used).max();
        Some((reused + usize::from(is_known), unseen, last_used, copies.first().map(|(index, _)| *index)))
    };
    first
        .card
        .links()
        .into_iter()
        .filter_map(|link| Some((cost(link)?, link.to_owned())))
        .min()
        .map(|(_, link)| link)
}

/// Whether another agency has seen this link, with cards that may have been replaced since.
fn shown_elsewhere(wallet: &Wallet, link: &str, agency: &str) -> bool {
    wallet.holdings.history.iter().any(|entry| match &entry.event {
        Event::Shared(shared) => shared.link.as_deref() == Some(link) && shared.to.agency.as_str() != agency,
        Event::Received(_) | Event::Refused(_) | Event::Deleted(_) | Event::OneScan(_) | Event::Paper(_) => {
            false
        }
    })
}

//! Makes a vault with many cards out of one with a few, for measuring: `many DIR N`, the PIN in `ABSAH_PIN`. The cards
//! are the same ones under other issuers, with all their copies.

use std::error::Error;

use absah_testkit::SeededRng;
use absah_types::Secret;
use absah_wallet_core::CardId;
use absah_wallet_store::{Folder, Vault};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = words.next().ok_or("many DIR N")?;
    let wanted: usize = words.next().ok_or("many DIR N")?.parse()?;
    let pin = Secret::new(std::env::var("ABSAH_PIN")?);
    let (mut vault, mut opened) = Vault::open(Folder::new(std::path::Path::new(&folder)), &pin)?;
    let few = opened.holdings.cards.clone();
    let mut number = 0_u64;
    while opened.holdings.cards.len() < wanted && !few.is_empty() {
        number += 1;
        for card in &few {
            let mut card = card.clone();
            card.id = CardId(format!("{:016x}", (number << 8) | opened.holdings.cards.len() as u64));
            card.issuer.url = format!("{}/{number}", card.issuer.url);
            opened.holdings.cards.push(card);
        }
    }
    opened.holdings.cards.truncate(wanted);
    let (holdings, bundle) = (&opened.holdings, opened.bundle.as_ref());
    vault.save(holdings, &opened.keys, bundle, &mut SeededRng::new(1))?;
    Ok(())
}

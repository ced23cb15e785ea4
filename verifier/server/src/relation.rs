//! What the holder is to a child or dependant, in words, from a report as it is kept and printed.

use absah_schemas::{CredentialType, text, text_with};
use absah_types::Lang;
use serde_json::Value;

/// One relation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// Whether it is proven.
    pub(crate) proven: bool,
    /// `SITI adalah ibu dari RAKA.`
    pub(crate) sentence: String,
    /// What proves it, or what to do without.
    pub(crate) proof: String,
}

/// The relations of a report.
pub(crate) fn said(report: &Value, lang: Lang) -> Vec<Said> {
    let list = |name: &str| report.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let cards = list("cards");
    let is_holders = |card: &Value| card.get("person").and_then(Value::as_str) == Some("holder");
    // What the keeper of the card is to the child says nothing of who stands here, if nothing of the keeper is shown.
    let alone = !cards.iter().any(is_holders);
    let mut all: Vec<Said> = list("relations").iter().map(|one| one_said(one, cards, lang)).collect();
    for one in all.iter_mut().filter(|_| alone) {
        let of = |id: &str| text(lang, id).unwrap_or_default();
        *one = Said { proven: false, sentence: of("relation-alone"), proof: of("relation-alone-todo") };
    }
    all
}

/// Who carries the card for its holder, in a sentence; none where nobody does.
pub(crate) fn carried(report: &Value, lang: Lang) -> Option<String> {
    let helper = report.get("pendamping")?;
    let text = |name: &str| helper.get(name).and_then(Value::as_str).map(one_line).unwrap_or_default();
    let until = absah_types::Timestamp::parse_rfc3339(&text("until")).ok()?;
    let until = absah_schemas::times::moment(lang, until);
    let values = [("name", text("nama")), ("organisation", text("organisasi")), ("until", until)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    text_with(lang, "pendamping-carries", &values)
}

/// Whose card it is, as its heading says: `Pemegang kartu`, `Anak atau tanggungan: RAKA`.
pub(crate) fn whose(card: &Value, lang: Lang) -> String {
    let name = card.pointer("/facts/nama").and_then(Value::as_str).unwrap_or_default();
    let of = |id: &str| text(lang, id).unwrap_or_else(|| id.to_owned());
    let person = match card.get("person").and_then(Value::as_str) {
        Some("holder") => of("relation-person-holder"),
        Some("dependant") => of("relation-person-dependant"),
        _ => of("relation-person-unknown"),
    };
    if name.is_empty() { person } else { format!("{person}: {}", one_line(name)) }
}

fn one_said(relation: &Value, cards: &[Value], lang: Lang) -> Said {
    let member = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let named = |person: &dyn Fn(&Value) -> bool| {
        let mut found = cards.iter().filter(|card| person(card));
        let name = found.find_map(|card| card.pointer("/facts/nama")?.as_str().map(one_line));
        name.filter(|name| !name.is_empty())
    };
    let card = member(relation, "card").unwrap_or_default();
    let holder = named(&|one| member(one, "person").as_deref() == Some("holder"));
    let holder = holder.or_else(|| text(lang, "relation-person-holder")).unwrap_or_default();
    let dependant = named(&|one| member(one, "id").as_deref() == Some(card.as_str()));
    let dependant = dependant.unwrap_or_else(|| kind_name(&card, lang));
    let word = member(relation, "holder_is");
    let id = word.as_deref().map_or("relation-none".to_owned(), |word| format!("relation-{word}"));
    let values = [("holder", holder.as_str()), ("dependant", &dependant)];
    let sentence = text_with(lang, &id, &values).unwrap_or_else(|| id.clone());
    let proof = match (word.is_some(), relation.get("proven_by")) {
        (true, Some(proof)) => {
            let said = proof.get("values").and_then(Value::as_array);
            let said: Vec<_> = said.into_iter().flatten().filter_map(Value::as_str).map(one_line).collect();
            let (on, said) = (kind_name(&member(proof, "card").unwrap_or_default(), lang), said.join(", "));
            text_with(lang, "relation-proof", &[("card", &on), ("said", &said)]).unwrap_or_default()
        }
        _ => text(lang, "relation-none-todo").unwrap_or_default(),
    };
    Said { proven: word.is_some(), sentence, proof }
}

pub(crate) fn kind_name(id: &str, lang: Lang) -> String {
    CredentialType::of_name(id).map_or_else(|| id.to_owned(), |kind| kind.display_name(lang).to_owned())
}

/// Nothing in a name steers a terminal or turns a line around.
fn one_line(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_trust::policy::Kinship;
    use serde_json::json;

    fn report(relation: Value) -> Value {
        json!({
            "cards": [
                { "id": "KtpElektronik", "type": "KtpElektronik", "person": "holder", "facts": { "nama": "SITI" } },
                { "id": "Kia", "type": "Kia", "person": "dependant", "facts": { "nama": "RAKA\n" } },
            ],
            "relations": [relation],
        })
    }

    #[test]
    fn a_relation_is_a_sentence_with_its_proof_in_every_language() {
        for lang in Lang::ALL {
            for kinship in Kinship::ALL {
                let proof = json!({ "card": "Kia", "claim": "hubunganPemegang", "values": ["IBU"] });
                let said =
                    said(&report(json!({ "card": "Kia", "holder_is": kinship, "proven_by": proof })), lang);
                let one = &said[0];
                assert!(
                    one.proven && one.sentence.contains("SITI") && one.sentence.contains("RAKA"),
                    "{one:?}"
                );
                assert!(one.proof.contains("IBU") && !one.sentence.contains('\n'), "{one:?}");
            }
        }
        let mother =
            json!({ "card": "Kia", "holder_is": "ibu", "proven_by": { "card": "Kia", "values": ["IBU"] } });
        assert_eq!(said(&report(mother), Lang::Id)[0].sentence, "SITI adalah ibu dari RAKA.");
    }

    #[test]
    fn what_is_not_proven_is_said_to_be_so() {
        let said = said(&report(json!({ "card": "Kia", "holder_is": null, "proven_by": null })), Lang::Id);
        assert!(!said[0].proven && said[0].sentence.contains("tidak terbukti"), "{said:?}");
        assert!(super::said(&json!({ "facts": {} }), Lang::Id).is_empty());
        // A child's card alone, whatever it says of its keeper.
        let card = json!({ "id": "Kia", "type": "Kia", "person": "dependant", "facts": { "nama": "RAKA" } });
        let proof = json!({ "card": "Kia", "claim": "hubunganPemegang", "values": ["IBU"] });
        let relation = json!({ "card": "Kia", "holder_is": "ibu", "proven_by": proof });
        let said = super::said(&json!({ "cards": [card], "relations": [relation] }), Lang::Id);
        assert!(!said[0].proven && said[0].proof.contains("KTP"), "{said:?}");
    }
}

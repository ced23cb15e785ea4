//! Taking the picture out of a presentation whose format carries it inside.
//!
//! "The picture travels beside the presentation, is checked against the hash and dropped after the officer's decision, so
//! that kept evidence holds no biometric" (3-credentials-and-qr.md, claims); a packet is "presentation (without the
//! portrait picture)" (4-trust-and-security.md, evidence). So both ways leave the same behind: by QR code the salted hash of the
//! picture, over the network its digest in the signed card; in both the evidence says that the portrait was shown, and
//! neither the file nor the sheet can show it again. What is lost with it: the hash of a key binding over a presentation
//! that held the picture inside cannot be made again.

use absah_types::base64url;
use serde_json::Value;

/// The claim that holds the picture.
pub(super) const PORTRAIT: &str = "portrait";
/// How a picture inside begins.
const PICTURE: &str = "data:";

/// The presentation without the disclosure that is a picture, and whether there was one.
#[must_use]
pub fn without_picture(presentation: &str) -> (String, bool) {
    let is_picture = |part: &str| {
        let disclosed =
            base64url::decode(part).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let Some(Value::Array(members)) = disclosed else { return false };
        let [_, Value::String(name), Value::String(value)] = members.as_slice() else { return false };
        name == PORTRAIT && value.starts_with(PICTURE)
    };
    let parts: Vec<&str> = presentation.split('~').collect();
    let kept: Vec<&str> = parts.iter().copied().filter(|part| !is_picture(part)).collect();
    (kept.join("~"), kept.len() < parts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_picture_goes() {
        let disclosure = |text: &str| base64url::encode(text);
        let name = disclosure(r#"["salt","nama","SITI"]"#);
        let hash = disclosure(r#"["salt","portrait","c2FsdGVkIGhhc2g"]"#);
        let picture = disclosure(r#"["salt","portrait","data:image/webp;base64,UklGRg=="]"#);
        let whole = format!("a.b.c~{name}~{hash}~d.e.f");
        assert_eq!(without_picture(&whole), (whole.clone(), false));
        assert_eq!(without_picture(&format!("a.b.c~{name}~{picture}~{hash}~d.e.f")), (whole, true));
    }
}

//! Issuing: from a tree of claims to what is signed.

use std::borrow::Cow;
use std::fmt;

use absah_crypto::jws::Header;
use absah_crypto::{Signature, sha256};
use absah_types::base64url::{self, Texts};
use absah_types::{Rng, coded};
use serde_json::Value;

use super::SD_ALG;
use super::disclosure::digest;
use crate::claim_path::PathElement;
use crate::json::{self, MAX_DEPTH};

/// Random bytes per salt and per decoy (RFC 9901, section 9.3: at least 128 bits).
const SALT: usize = 16;

/// A value that an issuer signs; parts of it may be selectively disclosable.
#[derive(Clone, PartialEq)]
pub enum Tree<'a> {
    /// A JSON string.
    Text(Cow<'a, str>),
    /// A JSON integer.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// Any JSON that stays in one piece.
    Json(Value),
    /// An object whose members are decided one by one.
    Object(Object<'a>),
    /// An array whose elements are decided one by one.
    Array(Array<'a>),
    /// An object that somebody else keeps, so that a batch builds it once.
    Shared(&'a Object<'a>),
}

impl<'a> From<&'a str> for Tree<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// A member of an [`Object`].
#[derive(Clone, PartialEq)]
struct Member<'a> {
    name: Cow<'a, str>,
    value: Tree<'a>,
    disclosable: bool,
}

/// A JSON object under construction.
#[derive(Clone, PartialEq, Default)]
pub struct Object<'a> {
    members: Vec<Member<'a>>,
    decoys: usize,
}

impl<'a> Object<'a> {
    /// An empty object.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty object with room for so many members.
    pub fn with_capacity(members: usize) -> Self {
        Self { members: Vec::with_capacity(members), decoys: 0 }
    }

    /// Adds a member that everyone sees.
    #[must_use]
    pub fn plain(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Tree<'a>>) -> Self {
        self.members.push(Member { name: name.into(), value: value.into(), disclosable: false });
        self
    }

    /// Adds a member that the holder shows or withholds.
    #[must_use]
    pub fn disclosable(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Tree<'a>>) -> Self {
        self.members.push(Member { name: name.into(), value: value.into(), disclosable: true });
        self
    }

    /// Adds digests that stand for nothing (section 4.2.5), so that the number of digests says nothing.
    #[must_use]
    pub fn decoys(mut self, count: usize) -> Self {
        self.decoys += count;
        self
    }

    /// Gives the member at `path`, if there is one, another value.
    pub(crate) fn replace(&mut self, path: &[PathElement], value: impl Into<Tree<'a>>) {
        let Some((PathElement::Key(name), below)) = path.split_first() else { return };
        let member = self.members.iter_mut().find(|member| member.name == *name);
        match member.map(|member| &mut member.value) {
            Some(Tree::Object(inner)) if !below.is_empty() => inner.replace(below, value),
            Some(own) if below.is_empty() => *own = value.into(),
            _ => {}
        }
    }

    /// The number of digests that will stand directly in this object.
    pub fn digests(&self) -> usize {
        self.decoys + self.members.iter().filter(|member| member.disclosable).count()
    }

    fn salts(&self) -> usize {
        self.digests() + self.members.iter().map(|member| member.value.salts()).sum::<usize>()
    }
}

/// A JSON array under construction.
#[derive(Clone, PartialEq, Default)]
pub struct Array<'a> {
    elements: Vec<(Tree<'a>, bool)>,
    decoys: usize,
    unordered: bool,
}

impl<'a> Array<'a> {
    /// An empty array.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an element that everyone sees.
    #[must_use]
    pub fn plain(mut self, value: impl Into<Tree<'a>>) -> Self {
        self.elements.push((value.into(), false));
        self
    }

    /// Adds an element that the holder shows or withholds.
    #[must_use]
    pub fn disclosable(mut self, value: impl Into<Tree<'a>>) -> Self {
        self.elements.push((value.into(), true));
        self
    }

    /// Adds digests that stand for nothing, at the end.
    #[must_use]
    pub fn decoys(mut self, count: usize) -> Self {
        self.decoys += count;
        self
    }

    /// A set: what can be withheld stands in the order of its digests, decoys among the rest, so that a place tells
    /// neither a rank nor how many there are. Other elements stand before them.
    #[must_use]
    pub fn unordered(mut self) -> Self {
        self.unordered = true;
        self
    }

    fn salts(&self) -> usize {
        self.decoys
            + self.elements.iter().map(|(value, own)| value.salts() + usize::from(*own)).sum::<usize>()
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({} members)", self.members.len())
    }
}

impl fmt::Debug for Array<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Array({} elements)", self.elements.len())
    }
}

impl<'a> From<Object<'a>> for Tree<'a> {
    fn from(object: Object<'a>) -> Self {
        Self::Object(object)
    }
}

impl<'a> From<Array<'a>> for Tree<'a> {
    fn from(array: Array<'a>) -> Self {
        Self::Array(array)
    }
}

impl From<bool> for Tree<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Tree<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<Value> for Tree<'_> {
    fn from(value: Value) -> Self {
        Self::Json(value)
    }
}

impl Tree<'_> {
    fn salts(&self) -> usize {
        match self {
            Self::Object(object) => object.salts(),
            Self::Shared(object) => object.salts(),
            Self::Array(array) => array.salts(),
            _ => 0,
        }
    }
}

/// The protected header of an issuer-signed JWT, encoded once for many signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningHeader(String);

impl SigningHeader {
    /// Encodes `header`.
    pub fn new(header: &Header) -> Self {
        Self(base64url::encode(header.to_json()))
    }
}

/// An SD-JWT that waits for the issuer's signature.
pub struct Prepared {
    signing_input: String,
    /// Each with its tilde, as they stand in the text.
    disclosures: String,
}

impl Prepared {
    /// The bytes to sign with ES256: protected header, a dot, payload.
    pub fn to_be_signed(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The disclosures, encoded.
    pub fn disclosures(&self) -> impl Iterator<Item = &str> {
        self.disclosures.split_terminator('~')
    }

    /// The whole SD-JWT for the holder: signed JWT, every disclosure, a closing tilde.
    pub fn attach(&self, signature: &Signature) -> String {
        let mut text = String::with_capacity(self.signing_input.len() + self.disclosures.len() + 90);
        text.push_str(&self.signing_input);
        text.push('.');
        base64url::encode_into(signature.as_bytes(), &mut text);
        text.push('~');
        text.push_str(&self.disclosures);
        text
    }
}

/// Why a tree cannot become an SD-JWT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildError {
    /// A member is named `_sd`, `_sd_alg` or `...`.
    ReservedName,
    /// Two members of one object have the same name.
    DuplicateName,
    /// The tree is deeper than a reader would take.
    TooDeep,
    /// A credential would end before it begins.
    EmptyValidity,
    /// Fewer salts were drawn than disclosures written.
    Salts,
}

coded! { BuildError {
    ReservedName => ("sd-jwt-build-reserved-name", Bug),
    DuplicateName => ("sd-jwt-build-duplicate-name", Bug),
    TooDeep => ("sd-jwt-build-too-deep", Bug),
    EmptyValidity => ("credential-build-empty-validity", Bug),
    Salts => ("sd-jwt-build-salts", Bug),
} }

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ReservedName => "claim name is reserved",
            Self::DuplicateName => "claim name appears twice in one object",
            Self::TooDeep => "claims are nested too deep",
            Self::Salts => "too few salts",
            Self::EmptyValidity => "credential would end before it begins",
        })
    }
}

impl std::error::Error for BuildError {}

/// Turns claims into what the issuer signs. `payload` is the top level in parts, written as one object:
/// the registered claims and the facts need not be copied together.
///
/// Randomness is taken in one call: 16 bytes for each salt and each decoy.
pub fn prepare(
    header: &SigningHeader,
    payload: &[&Object<'_>],
    rng: &mut dyn Rng,
) -> Result<Prepared, BuildError> {
    write(header, "", &[], payload, rng)
}

/// As [`prepare`], with the always visible members `head` (without braces) already written in front; `taken`
/// are the names that `claims` may not use.
pub(crate) fn prepare_after(
    header: &SigningHeader,
    head: &str,
    taken: &[&str],
    claims: &Object<'_>,
    rng: &mut dyn Rng,
) -> Result<Prepared, BuildError> {
    write(header, head, taken, &[claims], rng)
}

fn write(
    header: &SigningHeader,
    head: &str,
    taken: &[&str],
    payload: &[&Object<'_>],
    rng: &mut dyn Rng,
) -> Result<Prepared, BuildError> {
    let salts = payload.iter().map(|object| object.salts()).sum::<usize>();
    let mut random = vec![[0; SALT]; salts];
    rng.fill(random.as_flattened_mut());
    let mut writer = Writer {
        salts: &base64url::encode_each(&random),
        used: 0,
        disclosures: String::with_capacity(128 * salts),
        scratch: String::new(),
    };
    let mut json = String::with_capacity(512 + head.len() + 46 * salts);
    json.push('{');
    json.push_str(head);
    writer.members(&mut json, taken, payload, 0)?;

    let SigningHeader(header) = header;
    let mut signing_input = String::with_capacity(header.len() + json.len() * 4 / 3 + 8);
    signing_input.push_str(header);
    signing_input.push('.');
    base64url::encode_into(&json, &mut signing_input);
    Ok(Prepared { signing_input, disclosures: writer.disclosures })
}

struct Writer<'r> {
    /// As many as [`Object::salts`] counted.
    salts: &'r Texts,
    used: usize,
    disclosures: String,
    /// Where the next disclosure is written, kept for its memory.
    scratch: String,
}

impl<'r> Writer<'r> {
    fn salt(&mut self) -> Result<&'r str, BuildError> {
        let salt = self.salts.text(self.used).ok_or(BuildError::Salts)?;
        self.used += 1;
        Ok(salt)
    }

    fn value(&mut self, out: &mut String, value: &Tree<'_>, depth: usize) -> Result<(), BuildError> {
        match value {
            Tree::Text(text) => json::write_string(out, text),
            Tree::Integer(number) => json::write_number(out, *number),
            Tree::Boolean(true) => out.push_str("true"),
            Tree::Boolean(false) => out.push_str("false"),
            Tree::Json(value) => plain_json(out, value, depth)?,
            Tree::Object(object) => self.object(out, object, depth)?,
            Tree::Shared(object) => self.object(out, object, depth)?,
            Tree::Array(array) => self.array(out, array, depth)?,
        }
        Ok(())
    }

    fn object(&mut self, out: &mut String, object: &Object<'_>, depth: usize) -> Result<(), BuildError> {
        out.push('{');
        self.members(out, &[], &[object], depth)
    }

    /// The members and the closing brace of an object whose other members have the names `taken`.
    fn members(
        &mut self,
        out: &mut String,
        taken: &[&str],
        parts: &[&Object<'_>],
        depth: usize,
    ) -> Result<(), BuildError> {
        deep_enough(depth)?;
        let mut digests = Vec::with_capacity(parts.iter().map(|part| part.digests()).sum());
        let mut names: Vec<&str> = Vec::with_capacity(parts.iter().map(|part| part.members.len()).sum());
        for member in parts.iter().flat_map(|part| &part.members) {
            let name: &str = &member.name;
            free_name(name)?;
            if names.contains(&name) || taken.contains(&name) {
                return Err(BuildError::DuplicateName);
            }
            names.push(name);
            if member.disclosable {
                digests.push(self.disclosure(Some(name), &member.value, depth)?);
            } else {
                comma(out, '{');
                json::write_string(out, name);
                out.push(':');
                self.value(out, &member.value, depth + 1)?;
            }
        }
        for _ in 0..parts.iter().map(|part| part.decoys).sum() {
            digests.push(self.decoy()?);
        }
        if !digests.is_empty() {
            // "The Issuer MUST hide the original order of the claims in the array." (section 4.2.4.1)
            digests.sort_unstable();
            comma(out, '{');
            out.push_str(r#""_sd":["#);
            for digest in base64url::encode_each(&digests).iter() {
                comma(out, '[');
                out.push('"');
                out.push_str(digest);
                out.push('"');
            }
            out.push(']');
        }
        // "When used, this claim MUST appear at the top level of the SD-JWT payload." (section 4.1.1)
        if depth == 0 {
            comma(out, '{');
            out.push_str(r#""_sd_alg":""#);
            out.push_str(SD_ALG);
            out.push('"');
        }
        out.push('}');
        Ok(())
    }

    fn array(&mut self, out: &mut String, array: &Array<'_>, depth: usize) -> Result<(), BuildError> {
        deep_enough(depth)?;
        out.push('[');
        let mut digests = Vec::with_capacity(array.decoys);
        for (value, disclosable) in &array.elements {
            match (disclosable, array.unordered) {
                (true, true) => digests.push(self.disclosure(None, value, depth)?),
                (true, false) => {
                    comma(out, '[');
                    let digest = self.disclosure(None, value, depth)?;
                    placeholder(out, &digest);
                }
                (false, _) => {
                    comma(out, '[');
                    self.value(out, value, depth + 1)?;
                }
            }
        }
        for _ in 0..array.decoys {
            digests.push(self.decoy()?);
        }
        if array.unordered {
            digests.sort_unstable();
        }
        for digest in &digests {
            comma(out, '[');
            placeholder(out, digest);
        }
        out.push(']');
        Ok(())
    }

    fn disclosure(
        &mut self,
        name: Option<&str>,
        value: &Tree<'_>,
        depth: usize,
    ) -> Result<[u8; 32], BuildError> {
        let mut json = std::mem::take(&mut self.scratch);
        json.clear();
        json.push_str("[\"");
        json.push_str(self.salt()?);
        json.push_str("\",");
        if let Some(name) = name {
            json::write_string(&mut json, name);
            json.push(',');
        }
        self.value(&mut json, value, depth + 1)?;
        json.push(']');
        let start = self.disclosures.len();
        base64url::encode_into(&json, &mut self.disclosures);
        self.scratch = json;
        let digest = digest(self.disclosures.get(start..).unwrap_or_default());
        self.disclosures.push('~');
        Ok(digest)
    }

    /// "It is RECOMMENDED to create the decoy digests by hashing over a cryptographically secure random
    /// number." (section 4.2.5)
    fn decoy(&mut self) -> Result<[u8; 32], BuildError> {
        self.salt().map(|random| sha256(random.as_bytes()))
    }
}

/// A comma, unless `out` has just opened with `open`.
fn comma(out: &mut String, open: char) {
    if !out.ends_with(open) {
        out.push(',');
    }
}

/// "For each digest, an object of the form {"...": "<digest>"} is added to the array." (section 4.2.4.2)
fn placeholder(out: &mut String, digest: &[u8; 32]) {
    out.push_str(r#"{"...":""#);
    base64url::encode_into(digest, out);
    out.push_str(r#""}"#);
}

fn deep_enough(depth: usize) -> Result<(), BuildError> {
    // A disclosure is an array around its value, so one level stays free.
    if depth + 1 >= MAX_DEPTH { Err(BuildError::TooDeep) } else { Ok(()) }
}

/// "It MUST be a string and MUST NOT be _sd, ..., or a claim name existing in the object as a
/// permanently disclosed claim." (section 4.2.1)
fn free_name(name: &str) -> Result<(), BuildError> {
    match name {
        "_sd" | "_sd_alg" | "..." => Err(BuildError::ReservedName),
        _ => Ok(()),
    }
}

fn plain_json(out: &mut String, value: &Value, depth: usize) -> Result<(), BuildError> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => json::write_number(out, number),
        Value::String(text) => json::write_string(out, text),
        Value::Array(items) => {
            deep_enough(depth)?;
            out.push('[');
            for item in items {
                comma(out, '[');
                plain_json(out, item, depth + 1)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            deep_enough(depth)?;
            out.push('{');
            for (name, item) in members {
                free_name(name)?;
                comma(out, '{');
                json::write_string(out, name);
                out.push(':');
                plain_json(out, item, depth + 1)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

//! Claims path pointers (OpenID4VP 1.0, section 7): where in a credential a claim stands.

use std::fmt;

use absah_types::coded;
use serde_json::Value;

/// One step of a [`ClaimPath`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathElement {
    /// The member of an object with this name.
    Key(String),
    /// The element of an array at this position, counted from 0.
    Index(usize),
    /// Every element of an array (`null` in JSON).
    Every,
}

/// A claims path pointer: never empty. Written with dots for people and commands: `alamat.kota`,
/// `anggota.0.nama`, `anggota.*`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimPath(Vec<PathElement>);

/// A path may have at most this many steps.
pub const MAX_PATH: usize = 16;

/// Why a claims path pointer was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimPathError {
    /// "A claims path pointer is a non-empty array of strings, nulls and non-negative integers."
    Malformed,
    /// More than [`MAX_PATH`] steps.
    TooLong,
}

coded! { ClaimPathError {
    Malformed => ("claim-path-malformed", Peer),
    TooLong => ("claim-path-too-long", Peer),
} }

impl fmt::Display for ClaimPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "claims path is not an array of names, positions and nulls",
            Self::TooLong => "claims path has too many steps",
        })
    }
}

impl std::error::Error for ClaimPathError {}

impl ClaimPath {
    /// From steps; refuses none and more than [`MAX_PATH`].
    pub fn new(elements: Vec<PathElement>) -> Result<Self, ClaimPathError> {
        match elements.len() {
            0 => Err(ClaimPathError::Malformed),
            1..=MAX_PATH => Ok(Self(elements)),
            _ => Err(ClaimPathError::TooLong),
        }
    }

    /// The path to a top-level claim.
    pub fn key(name: &str) -> Self {
        Self(vec![PathElement::Key(name.to_owned())])
    }

    /// From the JSON form: an array of strings, `null` and non-negative integers.
    pub fn from_json(value: &Value) -> Result<Self, ClaimPathError> {
        let steps = value.as_array().ok_or(ClaimPathError::Malformed)?;
        if steps.len() > MAX_PATH {
            return Err(ClaimPathError::TooLong);
        }
        let elements = steps
            .iter()
            .map(|step| match step {
                Value::String(name) => Ok(PathElement::Key(name.clone())),
                Value::Null => Ok(PathElement::Every),
                Value::Number(number) => number
                    .as_u64()
                    .and_then(|at| usize::try_from(at).ok())
                    .map(PathElement::Index)
                    .ok_or(ClaimPathError::Malformed),
                _ => Err(ClaimPathError::Malformed),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Self::new(elements)
    }

    /// The JSON form.
    pub fn to_json(&self) -> Value {
        self.0
            .iter()
            .map(|step| match step {
                PathElement::Key(name) => Value::String(name.clone()),
                PathElement::Index(at) => Value::from(*at),
                PathElement::Every => Value::Null,
            })
            .collect()
    }

    /// From the dotted form. A step of digits is a position, `*` is every element; names with dots
    /// have no dotted form.
    pub fn parse_dotted(text: &str) -> Result<Self, ClaimPathError> {
        let elements = text
            .split('.')
            .map(|step| match step {
                "" => Err(ClaimPathError::Malformed),
                "*" => Ok(PathElement::Every),
                _ if step.bytes().all(|byte| byte.is_ascii_digit()) => {
                    step.parse().map(PathElement::Index).map_err(|_| ClaimPathError::Malformed)
                }
                _ => Ok(PathElement::Key(step.to_owned())),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Self::new(elements)
    }

    /// The steps, never empty.
    pub fn elements(&self) -> &[PathElement] {
        &self.0
    }

    /// This path with `name` put in front: `nama` under `credentialSubject`.
    pub fn under(&self, name: &str) -> Self {
        let mut elements = Vec::with_capacity(self.0.len() + 1);
        elements.push(PathElement::Key(name.to_owned()));
        elements.extend_from_slice(&self.0);
        Self(elements)
    }

    /// This path without its first step, if that is `name` and something is left.
    pub fn below(&self, name: &str) -> Option<Self> {
        match self.0.split_first() {
            Some((PathElement::Key(first), rest)) if first == name && !rest.is_empty() => {
                Some(Self(rest.to_vec()))
            }
            _ => None,
        }
    }

    /// True if `self` names `other` itself or something that contains it: `alamat` covers
    /// `alamat.kota`.
    pub fn covers(&self, other: &Self) -> bool {
        self.0.len() <= other.0.len()
            && self.0.iter().zip(&other.0).all(|(mine, theirs)| {
                mine == theirs || (*mine == PathElement::Every && matches!(theirs, PathElement::Index(_)))
            })
    }

    /// The values this path selects (OpenID4VP 1.0, section 7.1): none if a step does not fit.
    pub fn select<'v>(&self, root: &'v Value) -> Vec<&'v Value> {
        let mut selected = vec![root];
        for step in &self.0 {
            selected = selected
                .into_iter()
                .flat_map(|value| -> Vec<&'v Value> {
                    match (step, value) {
                        (PathElement::Key(name), Value::Object(map)) => map.get(name).into_iter().collect(),
                        (PathElement::Index(at), Value::Array(items)) => items.get(*at).into_iter().collect(),
                        (PathElement::Every, Value::Array(items)) => items.iter().collect(),
                        _ => Vec::new(),
                    }
                })
                .collect();
        }
        selected
    }
}

impl fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(".")?;
            }
            match step {
                PathElement::Key(name) => f.write_str(name)?,
                PathElement::Index(at) => write!(f, "{at}")?,
                PathElement::Every => f.write_str("*")?,
            }
        }
        Ok(())
    }
}

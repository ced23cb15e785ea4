//! The specification files of the SD-JWT examples: YAML in which the tag `!sd` marks what is disclosable.

use absah_credential::sd_jwt::{Array, Object, Tree};
use absah_credential::{ClaimPath, PathElement};
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::Value;

/// A node of a specification, and whether `!sd` stands before it (or before its name).
pub(crate) struct Specification {
    node: Node,
    tagged: bool,
}

enum Node {
    Leaf(Value),
    Object(Vec<(String, Specification)>),
    Array(Vec<Specification>),
}

/// The text of a member of an object.
pub(crate) fn scalar_at(of: &Specification, name: &str) -> Option<String> {
    of.member(name)?.plain().as_str().map(str::to_owned)
}

impl Specification {
    pub(crate) fn parse(yaml: &str) -> Self {
        let mut events = Parser::new_from_str(yaml).map(|event| event.unwrap().0).filter(|event| {
            !matches!(event, Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_))
        });
        let first = events.next().unwrap();
        Self::read(first, &mut events)
    }

    fn read<'e>(event: Event<'e>, events: &mut impl Iterator<Item = Event<'e>>) -> Self {
        match event {
            Event::Scalar(text, style, _, tag) => {
                let value = if style == ScalarStyle::Plain { plain(&text) } else { text.as_ref().into() };
                Self { node: Node::Leaf(value), tagged: tag.is_some() }
            }
            Event::SequenceStart(_, tag) => {
                let mut items = Vec::new();
                loop {
                    match events.next().unwrap() {
                        Event::SequenceEnd => {
                            return Self { node: Node::Array(items), tagged: tag.is_some() };
                        }
                        item => items.push(Self::read(item, events)),
                    }
                }
            }
            Event::MappingStart(_, tag) => {
                let mut members = Vec::new();
                loop {
                    match events.next().unwrap() {
                        Event::MappingEnd => {
                            return Self { node: Node::Object(members), tagged: tag.is_some() };
                        }
                        Event::Scalar(name, _, _, tag) => {
                            let value = events.next().unwrap();
                            let mut member = Self::read(value, events);
                            member.tagged |= tag.is_some();
                            members.push((name.into_owned(), member));
                        }
                        other => panic!("no name of a member but {other:?}"),
                    }
                }
            }
            other => panic!("unexpected {other:?}"),
        }
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        match &self.node {
            Node::Object(members) => members.iter().find(|(own, _)| own == name).map(|(_, member)| member),
            _ => None,
        }
    }

    /// All of it as JSON.
    pub(crate) fn plain(&self) -> Value {
        match &self.node {
            Node::Leaf(value) => value.clone(),
            Node::Object(members) => {
                members.iter().map(|(name, member)| (name.clone(), member.plain())).collect()
            }
            Node::Array(items) => items.iter().map(Self::plain).collect(),
        }
    }

    /// What an issuer signs.
    pub(crate) fn object(&self, decoys: usize) -> Object<'static> {
        let Node::Object(members) = &self.node else { panic!("not an object") };
        let start = Object::new().decoys(decoys);
        members.iter().fold(start, |object, (name, member)| {
            let value = member.tree(decoys);
            if member.tagged {
                object.disclosable(name.clone(), value)
            } else {
                object.plain(name.clone(), value)
            }
        })
    }

    fn tree(&self, decoys: usize) -> Tree<'static> {
        match &self.node {
            Node::Leaf(value) => value.clone().into(),
            Node::Object(_) => self.object(decoys).into(),
            Node::Array(items) => items
                .iter()
                .fold(Array::new().decoys(decoys), |array, item| {
                    let value = item.tree(decoys);
                    if item.tagged { array.disclosable(value) } else { array.plain(value) }
                })
                .into(),
        }
    }

    /// How many disclosures there are.
    pub(crate) fn disclosures(&self) -> usize {
        let inner = |node: &Self| node.disclosures() + usize::from(node.tagged);
        match &self.node {
            Node::Leaf(_) => 0,
            Node::Object(members) => members.iter().map(|(_, member)| inner(member)).sum(),
            Node::Array(items) => items.iter().map(inner).sum(),
        }
    }

    /// What a verifier sees if the holder discloses `disclosed`.
    pub(crate) fn expected(&self, disclosed: &Value) -> Value {
        match &self.node {
            Node::Leaf(value) => value.clone(),
            Node::Object(members) => members
                .iter()
                .map(|(name, member)| (name, member, disclosed.get(name).unwrap_or(&Value::Null)))
                .filter(|(_, member, own)| !member.tagged || reveals_member(own))
                .map(|(name, member, own)| (name.clone(), member.expected(own)))
                .collect(),
            Node::Array(items) => items
                .iter()
                .enumerate()
                .map(|(at, item)| (item, disclosed.get(at).unwrap_or(&Value::Null)))
                .filter(|(item, own)| !item.tagged || reveals_element(own))
                .map(|(item, own)| item.expected(own))
                .collect(),
        }
    }

    /// The paths of everything disclosable that the holder discloses.
    pub(crate) fn paths(&self, disclosed: &Value) -> Vec<ClaimPath> {
        let mut paths = Vec::new();
        self.collect(disclosed, &mut Vec::new(), &mut paths);
        paths
    }

    fn collect(&self, disclosed: &Value, trail: &mut Vec<PathElement>, paths: &mut Vec<ClaimPath>) {
        let inner: Vec<(PathElement, &Self, &Value, bool)> = match &self.node {
            Node::Leaf(_) => Vec::new(),
            Node::Object(members) => members
                .iter()
                .map(|(name, member)| {
                    let own = disclosed.get(name).unwrap_or(&Value::Null);
                    (PathElement::Key(name.clone()), member, own, reveals_member(own))
                })
                .collect(),
            Node::Array(items) => items
                .iter()
                .enumerate()
                .map(|(at, item)| {
                    let own = disclosed.get(at).unwrap_or(&Value::Null);
                    (PathElement::Index(at), item, own, reveals_element(own))
                })
                .collect(),
        };
        for (step, node, own, revealed) in inner {
            if node.tagged && !revealed {
                continue;
            }
            trail.push(step);
            if node.tagged {
                paths.push(ClaimPath::new(trail.clone()).unwrap());
            }
            node.collect(own, trail, paths);
            trail.pop();
        }
    }
}

/// "for an object member `true` or a non-empty value reveals it, `null`, `false`, an empty object or absence
/// does not" (SOURCE.md)
fn reveals_member(disclosed: &Value) -> bool {
    match disclosed {
        Value::Null | Value::Bool(false) => false,
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => !text.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

/// "in an array [...] `false` or `null` or a missing position does not reveal, anything else does"
fn reveals_element(disclosed: &Value) -> bool {
    !matches!(disclosed, Value::Null | Value::Bool(false))
}

/// A plain scalar by the core schema of YAML, as far as these files go.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" => Value::Null,
        "true" | "True" => true.into(),
        "false" | "False" => false.into(),
        _ if text.starts_with('+') => text.into(),
        _ => text
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| text.parse::<f64>().map(Value::from))
            .unwrap_or_else(|_| text.into()),
    }
}

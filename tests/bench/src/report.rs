//! The table: each figure, and beside it the goal if it has one.

use serde_json::{Value, json};

/// One line of the table.
pub(crate) struct Row {
    group: &'static str,
    name: String,
    figure: f64,
    unit: &'static str,
    goal: Option<Goal>,
}

/// What a figure should be.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
}

impl Goal {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(limit) => figure >= limit,
            Self::AtMost(limit) => figure <= limit,
        }
    }

    fn text(self) -> String {
        match self {
            Self::AtLeast(limit) => format!("≥ {limit}"),
            Self::AtMost(limit) => format!("≤ {limit}"),
        }
    }
}

/// All lines.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// A figure without a goal.
    pub(crate) fn figure(
        &mut self,
        group: &'static str,
        name: impl Into<String>,
        figure: f64,
        unit: &'static str,
    ) {
        self.rows.push(Row { group, name: name.into(), figure, unit, goal: None });
    }

    /// A figure with its goal.
    pub(crate) fn goal(
        &mut self,
        group: &'static str,
        name: impl Into<String>,
        figure: f64,
        unit: &'static str,
        goal: Goal,
    ) {
        self.rows.push(Row { group, name: name.into(), figure, unit, goal: Some(goal) });
    }

    /// Operations per second of each case, and its speed relative to the first.
    pub(crate) fn speeds(&mut self, group: &'static str, seconds: &[(&'static str, f64)]) {
        for (name, seconds) in seconds {
            self.figure(group, *name, 1.0 / seconds.max(1e-12), "/s");
        }
    }

    /// How many goals are missed.
    pub(crate) fn missed(&self) -> usize {
        self.rows.iter().filter(|row| row.goal.is_some_and(|goal| !goal.is_met(row.figure))).count()
    }

    /// The table as text.
    pub(crate) fn table(&self) -> String {
        let mut out = String::new();
        let mut group = "";
        let width = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        for row in &self.rows {
            if row.group != group {
                group = row.group;
                out.push_str(&format!("\n{group}\n"));
            }
            let padding = " ".repeat(width.saturating_sub(row.name.chars().count()));
            let figure = format!("{} {}", number(row.figure), row.unit);
            out.push_str(&format!("  {}{padding}  {figure:>16}", row.name));
            if let Some(goal) = row.goal {
                let verdict = if goal.is_met(row.figure) { "ok" } else { "MISSED" };
                out.push_str(&format!("   goal {} {verdict}", goal.text()));
            }
            out.push('\n');
        }
        out
    }

    /// The table for machines.
    pub(crate) fn json(&self) -> Value {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                json!({
                    "group": row.group,
                    "name": row.name,
                    "figure": row.figure,
                    "unit": row.unit,
                    "goal": row.goal.map(Goal::text),
                    "met": row.goal.map(|goal| goal.is_met(row.figure)),
                })
            })
            .collect();
        json!({ "rows": rows, "missed": self.missed() })
    }
}

fn number(figure: f64) -> String {
    match figure.abs() {
        large if large >= 1_000.0 => format!("{figure:.0}"),
        middle if middle >= 10.0 => format!("{figure:.1}"),
        _ => format!("{figure:.3}"),
    }
}

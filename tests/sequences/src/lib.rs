//! Random sequences of calls on the whole native runtime, by fifty accounts, with blocks in between.
//! After each step all invariants of the runtime hold, and every balance is what a model in exact
//! rational arithmetic says.
//!
//! - [`step`]: what can happen, and how it is drawn at random;
//! - [`chain`]: the runtime, its blocks, and calls as they come from outside;
//! - [`machine`]: turns a step into a call that fits the state, makes it, and tells the model;
//! - [`model`]: who is owed what, written from the design's rules and not from the pallets;
//! - [`check`]: the comparison of chain and model;
//! - [`setup`]: the lineage that a sequence starts from;
//! - [`run`]: many sequences, and the shortest one where something breaks.
//!
//! Steps do not name what they act on but pick from what there is, so that a sequence from which
//! steps were taken away is a sequence still. That is how a failure shrinks.

pub mod chain;
pub mod check;
pub mod machine;
pub mod model;
pub mod run;
pub mod setup;
pub mod step;

/// What was found to be wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation(pub String);

impl<T: Into<String>> From<T> for Violation {
	fn from(what: T) -> Self {
		Self(what.into())
	}
}

/// Fails with a [`Violation`] where the condition does not hold.
#[macro_export]
macro_rules! must {
	($condition:expr, $($what:tt)+) => {
		if !$condition {
			return Err($crate::Violation(format!($($what)+)));
		}
	};
}

//! A module per call; then what goes across calls.

mod agenda;
mod assignments;
mod decline;
mod feeless;
mod providers;
mod random_walk;
mod replay;
mod request;
mod submit_receipt;
mod types;

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

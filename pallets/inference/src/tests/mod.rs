//! A module per call; then what goes across calls.

mod accept_offering;
mod agenda;
mod assignments;
mod decline;
mod feeless;
mod leave;
mod offer;
mod random_walk;
mod register_provider;
mod replay;
mod request;
mod submit_receipt;
mod types;
mod update_provider;
mod withdraw_offering;

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

//! A module per call, one for what inference and the registry ask, one for broken states, one for
//! weights.

mod accept_offering;
mod leave;
mod offer;
mod pick;
mod register;
mod try_state;
mod update;
mod weights;
mod withdraw_offering;

// The storage of this name is `crate::Providers`.
use crate::mock::Providers;
use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

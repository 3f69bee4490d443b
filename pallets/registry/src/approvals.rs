//! Leave to register a derivative where the licence asks for approval: asked for, given, used up.

use crate::*;
use frame_support::{
	ensure,
	traits::{Consideration, Footprint},
};
use sp_runtime::{DispatchError, DispatchResult};
use tallystick_primitives::{ArtifactId, Share};

impl<T: Config> Pallet<T> {
	/// Asks the owner of `parent` for leave to register a derivative.
	pub(crate) fn do_request_derivative(
		who: T::AccountId,
		parent: ArtifactId,
		relation: Relation,
		share: Share,
	) -> DispatchResult {
		let licence = Artifacts::<T>::get(parent).ok_or(Error::<T>::ParentNotFound)?.licence;
		ensure!(licence.derivation != Derivation::Never, Error::<T>::DerivationForbidden);
		let owned = Self::owner(parent).as_ref() == Some(&who);
		let needed = Self::needs_approval(&licence, relation) && !owned;
		ensure!(needed, Error::<T>::ApprovalNotNeeded);
		ensure!(share >= licence.least_share, Error::<T>::ShareBelowLeast);
		let asked = DerivativeRequests::<T>::contains_key(parent, &who);
		ensure!(!asked, Error::<T>::AlreadyRequested);

		let deposit = T::Deposit::new(&who, Self::request_footprint())?;
		let request = DerivativeRequest { relation, share, approved: false, deposit };
		DerivativeRequests::<T>::insert(parent, &who, request);
		Self::deposit_event(Event::DerivativeRequested { parent, who, relation, share });
		Ok(())
	}

	/// Gives leave for what `asker` asked for. It must be what `who`, the parent's owner, saw: the
	/// request could have been closed, and another one made.
	pub(crate) fn do_approve_derivative(
		who: T::AccountId,
		parent: ArtifactId,
		asker: T::AccountId,
		relation: Relation,
		share: Share,
	) -> DispatchResult {
		Self::ensure_owner(parent, &who)?;
		DerivativeRequests::<T>::try_mutate(parent, &asker, |request| {
			let request = request.as_mut().ok_or(Error::<T>::RequestNotFound)?;
			let seen = request.relation == relation && request.share == share;
			ensure!(seen, Error::<T>::RequestChanged);
			ensure!(!request.approved, Error::<T>::AlreadyApproved);
			request.approved = true;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::DerivativeApproved { parent, who: asker, relation, share });
		Ok(())
	}

	/// Ends a request of `asker`, approved or not, for `asker` or the parent's owner.
	pub(crate) fn do_close_derivative_request(
		who: T::AccountId,
		parent: ArtifactId,
		asker: T::AccountId,
	) -> DispatchResult {
		let may = who == asker || Self::owner(parent).as_ref() == Some(&who);
		ensure!(may, Error::<T>::NotAuthorized);
		Self::take_request(parent, asker)?;
		Ok(())
	}

	/// Uses up the approval that `who` has for a derivative of `parent`.
	pub(crate) fn use_approval(
		parent: ArtifactId,
		who: &T::AccountId,
		relation: Relation,
		share: Share,
	) -> DispatchResult {
		let request = DerivativeRequests::<T>::get(parent, who)
			.filter(|request| request.approved)
			.ok_or(Error::<T>::DerivationNotApproved)?;
		let same = request.relation == relation && share >= request.share;
		ensure!(same, Error::<T>::ApprovalDiffers);
		Self::take_request(parent, who.clone())
	}

	/// Forgets a request, and gives its deposit back.
	fn take_request(parent: ArtifactId, who: T::AccountId) -> Result<(), DispatchError> {
		let request =
			DerivativeRequests::<T>::take(parent, &who).ok_or(Error::<T>::RequestNotFound)?;
		request.deposit.drop(&who)?;
		Self::deposit_event(Event::DerivativeRequestClosed { parent, who });
		Ok(())
	}

	/// What a request takes of the state.
	fn request_footprint() -> Footprint {
		Footprint::from_mel::<(ArtifactId, T::AccountId, DerivativeRequest<T::Deposit>)>()
	}
}

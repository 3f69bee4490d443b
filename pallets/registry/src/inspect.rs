//! Artifacts and versions as other pallets see them: the traits of `primitives`.

use crate::*;
use frame_support::{ensure, traits::tokens::nonfungibles_v2::Inspect};
use sp_runtime::DispatchResult;
use tallystick_primitives::{
	ArtifactId, ArtifactInspect, Balance, CurrencyId, Digest, Share, Split, Tariff, VersionInspect,
};

impl<T: Config> ArtifactInspect<T::AccountId> for Pallet<T> {
	fn owner(artifact: ArtifactId) -> Option<T::AccountId> {
		T::Nfts::owner(&Collection::<T>::get()?, &artifact)
	}

	fn upstream_share(artifact: ArtifactId) -> Option<Share> {
		Some(Artifacts::<T>::get(artifact)?.upstream_share)
	}

	fn split(artifact: ArtifactId) -> Option<Split<T::AccountId>> {
		let Artifact { parents, contributors, .. } = Artifacts::<T>::get(artifact)?;
		Some(Split {
			owner: Self::owner(artifact)?,
			parents: parents.into_iter().map(|parent| (parent.artifact, parent.share)).collect(),
			contributors: contributors
				.into_iter()
				.map(|Contributor { account, share }| (account, share))
				.collect(),
		})
	}

	/// Fails with [`Error::ArtifactNotFound`], [`Error::CommercialUseForbidden`],
	/// [`Error::LicenceExpired`] or [`Error::ArtifactWithdrawn`].
	fn ensure_sellable(artifact: ArtifactId) -> DispatchResult {
		Self::sellable(artifact)?;
		Ok(())
	}

	/// Fails with [`Error::ArtifactNotFound`] or [`Error::CommercialUseForbidden`].
	fn ensure_offerable(artifact: ArtifactId) -> DispatchResult {
		let stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		ensure!(stored.licence.commercial_use, Error::<T>::CommercialUseForbidden);
		Ok(())
	}

	/// Fails as [`ArtifactInspect::ensure_sellable`] does, or with
	/// [`Error::LeastAmountInOtherCurrency`] or [`Error::AmountBelowLeast`].
	fn ensure_plan_allowed(
		artifact: ArtifactId,
		currency: &CurrencyId,
		price: Balance,
		tariff: &Tariff,
	) -> DispatchResult {
		Ok(Self::check_plan(artifact, currency, price, tariff)?)
	}
}

impl<T: Config> VersionInspect for Pallet<T> {
	fn is_servable(artifact: ArtifactId, version: &Digest) -> bool {
		Self::can_serve(artifact, version, &frame_system::Pallet::<T>::block_number())
	}
}

impl<T: Config> Pallet<T> {
	/// Fails with [`Error::ArtifactNotFound`], or with [`Error::NotOwner`] where `who` does not own
	/// `artifact`.
	pub(crate) fn ensure_owner(artifact: ArtifactId, who: &T::AccountId) -> Result<(), Error<T>> {
		let owner = Self::owner(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		ensure!(owner == *who, Error::<T>::NotOwner);
		Ok(())
	}
}

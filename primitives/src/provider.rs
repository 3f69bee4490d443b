//! Who answers, and what they have to do: the traits between providers and those that hand out
//! work.

use crate::{service_key::ServiceKey, ArtifactId, Digest, JobId, Share};
use sp_runtime::{DispatchError, DispatchResult};

/// Providers, as inference needs them to hand out jobs and to check receipts.
pub trait ProviderInspect<AccountId, BlockNumber> {
	/// The key that the receipts of `provider` are signed with now. `None` where the account is no
	/// provider.
	fn service_key(provider: &AccountId) -> Option<ServiceKey>;

	/// The provider whose service key it is: a key is one provider's.
	fn account_of(key: &ServiceKey) -> Option<AccountId>;

	/// Who answers job `id` for `version` within `deadline` blocks, and for what share: the
	/// provider that is `named`, or one that the chain picks. Fails with a named error. At most two
	/// reads.
	fn pick(
		id: JobId,
		artifact: ArtifactId,
		version: Digest,
		named: Option<&AccountId>,
		deadline: BlockNumber,
	) -> Result<(AccountId, Share), DispatchError>;
}

/// The room that providers need: parents and contributors get no more than the dearest provider
/// leaves.
pub trait ProviderShares {
	/// The largest share for which any offering of `artifact` was ever active. It never falls: jobs
	/// that are not paid for yet can have it.
	fn dearest(artifact: ArtifactId) -> Share;
}

/// What providers have to do, as their registration needs it.
pub trait ProviderWork<AccountId> {
	/// `provider` leaves: what is kept of its work is forgotten. Fails with a named error while it
	/// has jobs to answer. Constant cost.
	fn leave(provider: &AccountId) -> DispatchResult;
}

//! The models of a server.

use crate::{classifier::Classifier, files::Files, language::Language};
use anyhow::{ensure, Context};
use std::{path::Path, sync::Arc};

/// A model that is served under a name.
#[derive(Debug, Clone)]
pub enum Model {
	/// Numbers to a class: chat only.
	Classifier(Arc<Classifier>),
	/// Text to text: chat, completions and embeddings.
	Language(Arc<Language>),
}

impl Model {
	/// What the API calls it.
	pub fn id(&self) -> &str {
		match self {
			Self::Classifier(model) => &model.id,
			Self::Language(model) => &model.id,
		}
	}

	/// When it was made, in seconds since the Unix epoch.
	pub fn created(&self) -> u64 {
		match self {
			Self::Classifier(model) => model.created,
			Self::Language(model) => model.created,
		}
	}

	/// The root digest of its files, `0x` and 64 hex digits.
	pub fn digest(&self) -> &str {
		match self {
			Self::Classifier(model) => &model.digest,
			Self::Language(model) => &model.digest,
		}
	}

	/// The id of the base, if it is a fine-tune.
	pub fn parent(&self) -> Option<&str> {
		match self {
			Self::Classifier(model) => model.parent.as_deref(),
			Self::Language(_) => None,
		}
	}
}

/// The folders whose models take the place of those compiled in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Folders<'a> {
	/// The classifier.
	pub model: Option<&'a Path>,
	/// Its fine-tune.
	pub adapter: Option<&'a Path>,
	/// The language model.
	pub chat: Option<&'a Path>,
}

/// All models of a server.
#[derive(Debug, Clone)]
pub struct Models(Vec<Model>);

impl Models {
	/// The models in the folders, or those compiled in. A classifier from a folder comes without the
	/// compiled-in fine-tune, which fits no other one.
	pub fn load(folders: Folders) -> anyhow::Result<Self> {
		let read = |folder: Option<&Path>, embedded: fn() -> Files| {
			folder.map_or_else(|| Ok(embedded()), Files::read)
		};
		let files = read(folders.model, Files::embedded_model)?;
		let base = Arc::new(Classifier::base(&files).context("the base model")?);
		let mut models = vec![Model::Classifier(base.clone())];
		if folders.model.is_none() || folders.adapter.is_some() {
			let files = read(folders.adapter, Files::embedded_adapter)?;
			let tuned = base.fine_tuned(&files).context("the fine-tune")?;
			models.push(Model::Classifier(Arc::new(tuned)));
		}
		let files = read(folders.chat, Files::embedded_chat)?;
		let chat = Language::read(&files).context("the language model")?;
		ensure!(
			models.iter().all(|model| model.id() != chat.id),
			"the language model: needs its own id"
		);
		models.push(Model::Language(Arc::new(chat)));
		Ok(Self(models))
	}

	/// The model with this name.
	pub fn get(&self, id: &str) -> Option<&Model> {
		self.0.iter().find(|model| model.id() == id)
	}

	/// All of them, the base first.
	pub fn iter(&self) -> impl Iterator<Item = &Model> {
		self.0.iter()
	}
}

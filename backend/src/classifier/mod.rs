//! The classifier and its fine-tune: files to layers, and the forward pass.
//!
//! [`question`] finds the numbers in the user's words, and [`tokenizer`] counts.
//! Weights are f32, all arithmetic is f64 and sums run in a fixed order, as in `train/train.py`.

pub mod question;
pub mod tokenizer;

use crate::{
	files::{json, Files},
	tensors,
};
use anyhow::{ensure, Context};
use question::Question;
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

/// `config.json` of a base model.
#[derive(Debug, Clone, Deserialize)]
struct Config {
	id: String,
	created: u64,
	architecture: String,
	activation: String,
	layer_sizes: Vec<usize>,
	classes: Vec<String>,
	feature_names: Vec<String>,
	means: Vec<f64>,
	scales: Vec<f64>,
}

/// `adapter_config.json`. The words are those of PEFT.
#[derive(Debug, Clone, Deserialize)]
struct AdapterConfig {
	id: String,
	created: u64,
	base_model: String,
	base_digest: String,
	r: usize,
	lora_alpha: f64,
	/// Layers that get `lora_alpha / r · lora_B · lora_A` on top of their weights.
	target_modules: Vec<String>,
	/// Layers that are replaced.
	modules_to_save: Vec<String>,
}

/// A linear layer: `weight · x + bias`.
#[derive(Debug, Clone)]
struct Linear {
	inputs: usize,
	/// One row of `inputs` numbers per output.
	weight: Vec<f64>,
	bias: Vec<f64>,
}

impl Linear {
	fn read(tensors: &SafeTensors, index: usize, sizes: [usize; 2]) -> anyhow::Result<Self> {
		let [inputs, outputs] = sizes;
		Ok(Self {
			inputs,
			weight: tensor(tensors, &format!("layers.{index}.weight"), &[outputs, inputs])?,
			bias: tensor(tensors, &format!("layers.{index}.bias"), &[outputs])?,
		})
	}

	fn sizes(&self) -> [usize; 2] {
		[self.inputs, self.bias.len()]
	}

	fn apply(&self, x: &[f64]) -> Vec<f64> {
		let rows = self.weight.chunks_exact(self.inputs).zip(&self.bias);
		// The bias comes last, as in the training script.
		rows.map(|(row, bias)| row.iter().zip(x).fold(0.0, |sum, (w, x)| sum + w * x) + bias)
			.collect()
	}
}

/// What a model says about one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
	/// The index of the likeliest class.
	pub class: usize,
	/// Its probability.
	pub probability: f64,
}

/// The content of an answer.
#[derive(Debug, Serialize)]
struct Answer<'a> {
	class: &'a str,
	/// That of the class, rounded to 6 decimals.
	probability: f64,
	model: &'a str,
	/// The features that were not given, so that their means were taken. Left out if there
	/// are none.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	assumed_mean: Vec<&'a str>,
}

/// A classifier that is served under a name.
#[derive(Debug, Clone)]
pub struct Classifier {
	/// What the API calls it.
	pub id: String,
	/// When it was made, in seconds since the Unix epoch.
	pub created: u64,
	/// The root digest of its files (a fine-tune's: without the base's), `0x` and 64 hex digits.
	pub digest: String,
	/// The id of the base, if it is a fine-tune.
	pub parent: Option<String>,
	/// The names of the classes.
	pub classes: Vec<String>,
	/// The names of the input's numbers, in order.
	pub feature_names: Vec<String>,
	/// The mean of each number over the training rows.
	pub means: Vec<f64>,
	scales: Vec<f64>,
	layers: Vec<Linear>,
}

impl Classifier {
	/// A base model from `config.json` and `model.safetensors`.
	pub fn base(files: &Files) -> anyhow::Result<Self> {
		let config: Config = json(files, "config.json")?;
		check(&config).context("config.json")?;
		let tensors = SafeTensors::deserialize(files.get("model.safetensors")?);
		let (tensors, layers) = tensors
			.map_err(anyhow::Error::from)
			.and_then(|tensors| {
				let sizes = config.layer_sizes.windows(2).enumerate();
				let layers = sizes
					.map(|(index, sizes)| Linear::read(&tensors, index, [sizes[0], sizes[1]]))
					.collect::<anyhow::Result<Vec<_>>>()?;
				Ok((tensors, layers))
			})
			.context("model.safetensors")?;
		ensure!(tensors.len() == 2 * layers.len(), "model.safetensors: unknown tensors");
		Ok(Self {
			id: config.id,
			created: config.created,
			digest: files.root_digest(),
			parent: None,
			classes: config.classes,
			feature_names: config.feature_names,
			means: config.means,
			scales: config.scales,
			layers,
		})
	}

	/// This model with the fine-tune in `adapter_config.json` and `adapter.safetensors`.
	pub fn fine_tuned(&self, files: &Files) -> anyhow::Result<Self> {
		let config: AdapterConfig = json(files, "adapter_config.json")?;
		ensure!(
			config.base_model == self.id && config.base_digest == self.digest,
			"the fine-tune {} is of {} {}, but the base here is {} {}",
			config.id,
			config.base_model,
			config.base_digest,
			self.id,
			self.digest,
		);
		ensure!(
			config.id != self.id && !config.id.is_empty(),
			"adapter_config.json: needs its own id"
		);
		ensure!(
			config.r > 0 && config.lora_alpha.is_finite(),
			"adapter_config.json: r or lora_alpha is out of range"
		);
		let mut model = Self {
			id: config.id.clone(),
			created: config.created,
			digest: files.root_digest(),
			parent: Some(self.id.clone()),
			..self.clone()
		};
		SafeTensors::deserialize(files.get("adapter.safetensors")?)
			.map_err(anyhow::Error::from)
			.and_then(|tensors| model.adapt(&config, &tensors))
			.context("adapter.safetensors")?;
		Ok(model)
	}

	fn adapt(&mut self, config: &AdapterConfig, tensors: &SafeTensors) -> anyhow::Result<()> {
		let expected = 2 * (config.target_modules.len() + config.modules_to_save.len());
		ensure!(tensors.len() == expected, "unknown or missing tensors");
		for name in &config.target_modules {
			let (_, layer) = self.layer(name)?;
			let [inputs, outputs] = layer.sizes();
			let a = tensor(tensors, &format!("{name}.lora_A"), &[config.r, inputs])?;
			let b = tensor(tensors, &format!("{name}.lora_B"), &[outputs, config.r])?;
			let scale = config.lora_alpha / config.r as f64;
			let rows = layer.weight.chunks_exact_mut(inputs).zip(b.chunks_exact(config.r));
			for (row, b) in rows {
				for (i, weight) in row.iter_mut().enumerate() {
					let columns = b.iter().zip(a.chunks_exact(inputs));
					*weight += scale * columns.fold(0.0, |sum, (b, a)| sum + b * a[i]);
				}
			}
		}
		for name in &config.modules_to_save {
			let (index, layer) = self.layer(name)?;
			*layer = Linear::read(tensors, index, layer.sizes())?;
		}
		Ok(())
	}

	fn layer(&mut self, name: &str) -> anyhow::Result<(usize, &mut Linear)> {
		let index = name.strip_prefix("layers.").and_then(|index| index.parse::<usize>().ok());
		index
			.and_then(|index| Some((index, self.layers.get_mut(index)?)))
			.with_context(|| format!("there is no layer {name}"))
	}

	/// The whole answer to a question, as JSON. The error is for the user.
	pub fn answer(&self, text: &str) -> Result<String, String> {
		let question = Question::parse(text, self)?;
		let prediction =
			self.predict(&question.values).ok_or("The numbers are too large to compute with.")?;
		let answer = Answer {
			class: &self.classes[prediction.class],
			// Fewer digits than the arithmetic is sure of: the same answer on any machine.
			probability: (prediction.probability * 1e6).round() / 1e6,
			model: &self.id,
			assumed_mean: question
				.assumed
				.iter()
				.map(|i| self.feature_names[*i].as_str())
				.collect(),
		};
		Ok(serde_json::to_string(&answer).expect("strings and a finite number are JSON"))
	}

	/// The probability of each class. `None`: a number is so large that the arithmetic overflows.
	///
	/// `input` has as many numbers as [`Self::feature_names`].
	pub fn probabilities(&self, input: &[f64]) -> Option<Vec<f64>> {
		debug_assert_eq!(input.len(), self.means.len());
		let moments = self.means.iter().zip(&self.scales);
		let mut x: Vec<f64> =
			input.iter().zip(moments).map(|(x, (mean, scale))| (x - mean) / scale).collect();
		for (index, layer) in self.layers.iter().enumerate() {
			if index > 0 {
				// ReLU. Not `f64::max`, which would turn a NaN into a zero.
				x.iter_mut().filter(|x| **x < 0.0).for_each(|x| *x = 0.0);
			}
			x = layer.apply(&x);
		}
		let highest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
		x.iter_mut().for_each(|x| *x = (*x - highest).exp());
		let sum: f64 = x.iter().sum();
		x.iter_mut().for_each(|x| *x /= sum);
		x.iter().all(|p| p.is_finite()).then_some(x)
	}

	/// The likeliest class; the first of those where several are. `None` as for
	/// [`Self::probabilities`].
	pub fn predict(&self, input: &[f64]) -> Option<Prediction> {
		let probabilities = self.probabilities(input)?.into_iter().enumerate();
		probabilities
			.map(|(class, probability)| Prediction { class, probability })
			.reduce(|best, other| if other.probability > best.probability { other } else { best })
	}
}

/// Says no to a config that the code below could not rely on.
fn check(config: &Config) -> anyhow::Result<()> {
	ensure!(!config.id.is_empty(), "id is empty");
	ensure!(config.architecture == "mlp", "unknown architecture {}", config.architecture);
	ensure!(config.activation == "relu", "unknown activation {}", config.activation);
	let features = config.feature_names.len();
	let (first, last) = (config.layer_sizes.first(), config.layer_sizes.last());
	ensure!(
		config.layer_sizes.len() >= 2
			&& !config.layer_sizes.contains(&0)
			&& first == Some(&features)
			&& last == Some(&config.classes.len())
			&& config.classes.len() >= 2,
		"layer_sizes, feature_names and classes do not fit together"
	);
	ensure!(
		config.means.len() == features && config.scales.len() == features,
		"feature_names, means and scales have different lengths"
	);
	ensure!(config.means.iter().all(|mean| mean.is_finite()), "a mean is out of range");
	ensure!(
		config.scales.iter().all(|scale| scale.is_finite() && *scale > 0.0),
		"a scale is out of range"
	);
	Ok(())
}

/// A tensor's numbers, row by row.
fn tensor(tensors: &SafeTensors, name: &str, shape: &[usize]) -> anyhow::Result<Vec<f64>> {
	let numbers = tensors::tensor(tensors, name, Dtype::F32, shape)?;
	Ok(numbers.into_iter().map(f64::from).collect())
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::models::{Folders, Models};
	use std::{fs, path::Path};

	#[derive(Deserialize)]
	struct Expected {
		input: Vec<f64>,
		base: Vec<f64>,
		clinic: Vec<f64>,
	}

	#[derive(Deserialize)]
	struct Score {
		rows: usize,
		right: usize,
	}

	#[derive(Deserialize)]
	struct HeldOut {
		rows: Vec<usize>,
		base: Score,
		clinic: Score,
		base_on_clinic: Score,
	}

	fn models() -> (Classifier, Classifier) {
		let base = Classifier::base(&Files::embedded_model()).unwrap();
		let clinic = base.fine_tuned(&Files::embedded_adapter()).unwrap();
		(base, clinic)
	}

	fn load(model: Option<&Path>, adapter: Option<&Path>) -> anyhow::Result<Models> {
		Models::load(Folders { model, adapter, chat: None })
	}

	fn held_out() -> HeldOut {
		serde_json::from_str(include_str!("../../tests/fixtures/held_out.json")).unwrap()
	}

	/// Rows of a CSV file: 30 numbers and a class.
	fn rows(csv: &str) -> Vec<(Vec<f64>, &str)> {
		let rows = csv.lines().skip(1).map(|line| {
			let (numbers, class) = line.rsplit_once(',').unwrap();
			(numbers.split(',').map(|number| number.parse().unwrap()).collect(), class)
		});
		rows.collect()
	}

	fn right(model: &Classifier, rows: &[(Vec<f64>, &str)]) -> usize {
		let said = |input: &[f64]| model.classes[model.predict(input).unwrap().class].clone();
		rows.iter().filter(|(input, class)| said(input) == *class).count()
	}

	fn original_rows() -> Vec<(Vec<f64>, &'static str)> {
		let all = rows(include_str!("../../dataset/breast_cancer.csv"));
		assert_eq!(all.len(), 569);
		held_out().rows.into_iter().map(|row| all[row].clone()).collect()
	}

	#[test]
	fn probabilities_are_those_of_the_training_script() {
		let (base, clinic) = models();
		let expected: Vec<Expected> =
			serde_json::from_str(include_str!("../../tests/fixtures/expected.json")).unwrap();
		assert_eq!(expected.len(), 10);
		for case in expected {
			for (model, expected) in [(&base, case.base), (&clinic, case.clinic)] {
				let got = model.probabilities(&case.input).unwrap();
				assert_eq!(got.len(), expected.len());
				for (got, expected) in got.iter().zip(&expected) {
					// The promise is 1e-6; f64 all the way holds far more.
					assert!((got - expected).abs() < 1e-12, "{got} instead of {expected}");
				}
			}
		}
	}

	#[test]
	fn held_out_accuracy_of_the_base_is_what_its_card_says() {
		let (base, _) = models();
		let rows = original_rows();
		let Score { rows: count, right: expected } = held_out().base;
		assert_eq!((rows.len(), right(&base, &rows)), (count, expected));
		assert_eq!(count, 114);
		let share = 100.0 * expected as f64 / count as f64;
		let said =
			format!("**Quality.** {expected} of {count} ({share:.1} %) of the held-out rows");
		assert!(include_str!("../../model/README.md").contains(&said), "{said}");
	}

	#[test]
	fn held_out_accuracy_of_the_fine_tune_is_what_its_card_says() {
		let (base, clinic) = models();
		let rows = rows(include_str!("../../tests/fixtures/clinic_held_out.csv"));
		let HeldOut { clinic: tuned, base_on_clinic, .. } = held_out();
		assert_eq!((rows.len(), right(&clinic, &rows)), (tuned.rows, tuned.right));
		assert_eq!((rows.len(), right(&base, &rows)), (base_on_clinic.rows, base_on_clinic.right));
		assert!(tuned.right > base_on_clinic.right);
		let said = |who, right, count| {
			let share = 100.0 * right as f64 / count as f64;
			format!("| {who}, clinic's instrument | {right} of {count} ({share:.1} %) |")
		};
		for line in [
			said("fine-tune", tuned.right, tuned.rows),
			said("base", base_on_clinic.right, base_on_clinic.rows),
		] {
			assert!(include_str!("../../adapter/README.md").contains(&line), "{line}");
		}
	}

	#[test]
	fn the_fine_tune_names_the_base() {
		let (base, clinic) = models();
		assert_eq!(clinic.parent.as_deref(), Some(base.id.as_str()));
		assert_ne!(clinic.digest, base.digest);
		let config: AdapterConfig =
			json(&Files::embedded_adapter(), "adapter_config.json").unwrap();
		assert_eq!(config.base_digest, base.digest);
		assert!(include_str!("../../adapter/README.md").contains(&base.digest));
	}

	#[test]
	fn numbers_that_overflow_give_no_answer() {
		let (base, _) = models();
		assert_eq!(base.predict(&[f64::MAX; 30]), None);
		assert!(base.predict(&[1e12; 30]).is_some());
	}

	/// A copy of `folder` in which `file` is changed.
	fn changed(folder: &str, file: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> tempfile::TempDir {
		let copy = tempfile::tempdir().unwrap();
		let original = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
		for entry in fs::read_dir(original).unwrap() {
			let entry = entry.unwrap();
			let mut content = fs::read(entry.path()).unwrap();
			if entry.file_name() == file {
				content = change(content);
			}
			fs::write(copy.path().join(entry.file_name()), content).unwrap();
		}
		copy
	}

	fn replaced(from: &'static str, to: &'static str) -> impl Fn(Vec<u8>) -> Vec<u8> {
		move |content| {
			let text = String::from_utf8(content).unwrap();
			assert!(text.contains(from), "{from}");
			text.replacen(from, to, 1).into_bytes()
		}
	}

	#[test]
	fn folders_give_the_same_models_as_what_is_compiled_in() {
		let here = Path::new(env!("CARGO_MANIFEST_DIR"));
		let (model, adapter) = (here.join("model"), here.join("adapter"));
		let ids = |models: Models| {
			models.iter().map(|model| model.digest().to_owned()).collect::<Vec<_>>()
		};
		let embedded = ids(load(None, None).unwrap());
		assert_eq!(embedded.len(), 3);
		assert_eq!(ids(load(Some(&model), Some(&adapter)).unwrap()), embedded);
		assert_eq!(ids(load(None, Some(&adapter)).unwrap()), embedded);
		let alone = ids(load(Some(&model), None).unwrap());
		assert_eq!(alone, [embedded[0].as_str(), embedded[2].as_str()]);
	}

	#[test]
	fn a_fine_tune_of_another_base_is_refused() {
		let model = changed("model", "config.json", replaced("1795132800", "1795132801"));
		let adapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("adapter");
		let error = load(Some(model.path()), Some(&adapter)).unwrap_err();
		let error = format!("{error:#}");
		assert!(error.contains("breast-cancer-mlp-clinic is of breast-cancer-mlp 0x"), "{error}");
		assert_eq!(load(Some(model.path()), None).unwrap().iter().count(), 2);
	}

	#[test]
	fn a_config_that_does_not_fit_is_refused() {
		for (from, to, why) in [
			("\"relu\"", "\"tanh\"", "unknown activation tanh"),
			("\"mlp\"", "\"cnn\"", "unknown architecture cnn"),
			("    16,", "    17,", "layers.0.weight is F32 [16, 30] instead of F32 [17, 30]"),
			("    16,", "    16, 16,", "layers.1.weight is F32 [2, 16] instead of F32 [16, 16]"),
			("    \"malignant\",", "", "do not fit together"),
			("    \"mean radius\",", "", "do not fit together"),
			("\"means\": [", "\"means\": [ 1.0,", "different lengths"),
			("\"scales\": [", "\"scales\": [ -1.0, 1.0,", "different lengths"),
			("\"id\"", "\"name\"", "missing field `id`"),
		] {
			let model = changed("model", "config.json", replaced(from, to));
			let error = format!("{:#}", load(Some(model.path()), None).unwrap_err());
			assert!(error.contains(why), "{error}");
		}
	}

	#[test]
	fn weights_that_are_cut_off_or_not_finite_are_refused() {
		let cut = |mut content: Vec<u8>| {
			content.pop();
			content
		};
		let model = changed("model", "model.safetensors", cut);
		let error = format!("{:#}", load(Some(model.path()), None).unwrap_err());
		assert!(error.starts_with("the base model: model.safetensors: "), "{error}");
		let nan = |mut content: Vec<u8>| {
			let end = content.len();
			content[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
			content
		};
		let model = changed("model", "model.safetensors", nan);
		let error = format!("{:#}", load(Some(model.path()), None).unwrap_err());
		assert!(error.ends_with("holds a number that is not finite"), "{error}");
	}

	#[test]
	fn an_adapter_that_does_not_fit_is_refused() {
		for (from, to, why) in [
			("\"r\": 2", "\"r\": 0", "out of range"),
			("\"r\": 2", "\"r\": 3", "layers.0.lora_A is F32 [2, 30] instead of F32 [3, 30]"),
			("\"layers.0\"", "\"layers.9\"", "there is no layer layers.9"),
			("\"layers.1\"", "", "unknown or missing tensors"),
			("breast-cancer-mlp-clinic", "breast-cancer-mlp", "needs its own id"),
		] {
			let adapter = changed("adapter", "adapter_config.json", replaced(from, to));
			let error = format!("{:#}", load(None, Some(adapter.path())).unwrap_err());
			assert!(error.contains(why), "{error}");
		}
	}
}

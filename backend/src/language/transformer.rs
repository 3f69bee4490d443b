//! A decoder of the Llama kind, one token after the other.
//!
//! RMSNorm, rotary positions, SwiGLU, output and input embeddings the same, as
//! `train/chat/train_chat.py` has them and Hugging Face's `LlamaForCausalLM`. Weights are bfloat16,
//! the arithmetic is f32, and sums run in a fixed order.

use crate::tensors::tensor;
use anyhow::ensure;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

/// What of a `config.json` of Hugging Face's Llama the computation needs.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
	architectures: Vec<String>,
	/// The tokens that there are.
	pub vocab_size: usize,
	/// The numbers in a hidden state.
	pub hidden_size: usize,
	intermediate_size: usize,
	num_hidden_layers: usize,
	num_attention_heads: usize,
	num_key_value_heads: usize,
	/// Most tokens of a prompt and its answer.
	pub max_position_embeddings: usize,
	rope_theta: f32,
	rms_norm_eps: f32,
	hidden_act: String,
	tie_word_embeddings: bool,
	attention_bias: bool,
	mlp_bias: bool,
}

impl Config {
	/// Says no to what the code below could not rely on.
	fn check(&self) -> anyhow::Result<()> {
		ensure!(self.architectures == ["LlamaForCausalLM"], "not a LlamaForCausalLM");
		ensure!(self.hidden_act == "silu", "unknown activation {}", self.hidden_act);
		ensure!(self.tie_word_embeddings, "output embeddings of their own are not supported");
		ensure!(!self.attention_bias && !self.mlp_bias, "biases are not supported");
		ensure!(
			self.num_key_value_heads == self.num_attention_heads,
			"grouped heads are not supported"
		);
		let sizes = [
			self.vocab_size,
			self.hidden_size,
			self.intermediate_size,
			self.num_hidden_layers,
			self.num_attention_heads,
			self.max_position_embeddings,
		];
		ensure!(sizes.iter().all(|size| (1..=1 << 20).contains(size)), "a size is out of range");
		ensure!(
			self.hidden_size.is_multiple_of(2 * self.num_attention_heads),
			"hidden_size and num_attention_heads do not fit together"
		);
		ensure!(
			self.rope_theta.is_finite() && self.rope_theta >= 1.0 && self.rms_norm_eps > 0.0,
			"rope_theta or rms_norm_eps is out of range"
		);
		Ok(())
	}
}

/// A linear layer without bias. Its weights lie by input: so the loop over outputs, whose sums do
/// not depend on each other, is the inner one, and the compiler makes vectors of it.
#[derive(Debug)]
struct Linear {
	outputs: usize,
	by_input: Vec<f32>,
}

impl Linear {
	/// From one row of `inputs` weights per output.
	fn new(by_output: &[f32], outputs: usize) -> Self {
		let inputs = by_output.len() / outputs;
		let at = |n: usize| by_output[(n % outputs) * inputs + n / outputs];
		Self { outputs, by_input: (0..by_output.len()).map(at).collect() }
	}

	fn apply(&self, x: &[f32]) -> Vec<f32> {
		let mut y = vec![0.0; self.outputs];
		for (x, weights) in x.iter().zip(self.by_input.chunks_exact(self.outputs)) {
			y.iter_mut().zip(weights).for_each(|(y, weight)| *y += x * weight);
		}
		y
	}
}

#[derive(Debug)]
struct Layer {
	norm: Vec<f32>,
	query: Linear,
	key: Linear,
	value: Linear,
	output: Linear,
	second_norm: Vec<f32>,
	gate: Linear,
	up: Linear,
	down: Linear,
}

/// The network.
#[derive(Debug)]
pub struct Transformer {
	/// Its sizes.
	pub config: Config,
	/// One row per token.
	embedding: Vec<f32>,
	layers: Vec<Layer>,
	norm: Vec<f32>,
	/// The embedding again, as the last layer.
	output: Linear,
}

/// What the network remembers of the tokens so far: keys and values, by layer.
#[derive(Debug)]
pub struct Memory {
	length: usize,
	layers: Vec<(Vec<f32>, Vec<f32>)>,
}

impl Transformer {
	/// The network in a safetensors file.
	pub fn read(config: Config, tensors: &SafeTensors) -> anyhow::Result<Self> {
		config.check()?;
		let (width, inner) = (config.hidden_size, config.intermediate_size);
		let read = |name: &str, shape: &[usize]| tensor(tensors, name, Dtype::BF16, shape);
		let linear = |name: String, inputs: usize, outputs: usize| {
			Ok::<_, anyhow::Error>(Linear::new(
				&read(&format!("{name}.weight"), &[outputs, inputs])?,
				outputs,
			))
		};
		let layer = |n: usize| {
			let at = format!("model.layers.{n}");
			Ok(Layer {
				norm: read(&format!("{at}.input_layernorm.weight"), &[width])?,
				query: linear(format!("{at}.self_attn.q_proj"), width, width)?,
				key: linear(format!("{at}.self_attn.k_proj"), width, width)?,
				value: linear(format!("{at}.self_attn.v_proj"), width, width)?,
				output: linear(format!("{at}.self_attn.o_proj"), width, width)?,
				second_norm: read(&format!("{at}.post_attention_layernorm.weight"), &[width])?,
				gate: linear(format!("{at}.mlp.gate_proj"), width, inner)?,
				up: linear(format!("{at}.mlp.up_proj"), width, inner)?,
				down: linear(format!("{at}.mlp.down_proj"), inner, width)?,
			})
		};
		let layers =
			(0..config.num_hidden_layers).map(layer).collect::<anyhow::Result<Vec<_>>>()?;
		ensure!(tensors.len() == 2 + 9 * layers.len(), "unknown tensors");
		let embedding = read("model.embed_tokens.weight", &[config.vocab_size, width])?;
		Ok(Self {
			norm: read("model.norm.weight", &[width])?,
			output: Linear::new(&embedding, config.vocab_size),
			embedding,
			layers,
			config,
		})
	}

	/// A memory of nothing.
	pub fn start(&self) -> Memory {
		Memory { length: 0, layers: vec![Default::default(); self.layers.len()] }
	}

	/// Takes one more token. Returns the hidden state at it, after all layers and the last norm.
	pub fn step(&self, memory: &mut Memory, token: u32) -> Vec<f32> {
		self.step_to(self.layers.len(), memory, token)
	}

	/// The same after the first `depth` layers.
	pub fn step_to(&self, depth: usize, memory: &mut Memory, token: u32) -> Vec<f32> {
		let width = self.config.hidden_size;
		let mut x = self.embedding[token as usize * width..][..width].to_vec();
		for (layer, (keys, values)) in self.layers.iter().take(depth).zip(&mut memory.layers) {
			let normal = self.normalize(&x, &layer.norm);
			let mut query = layer.query.apply(&normal);
			let mut key = layer.key.apply(&normal);
			self.rotate(&mut query, memory.length);
			self.rotate(&mut key, memory.length);
			keys.extend(key);
			values.extend(layer.value.apply(&normal));
			add(&mut x, &layer.output.apply(&self.attend(&query, keys, values)));
			let normal = self.normalize(&x, &layer.second_norm);
			let gated = layer.gate.apply(&normal).into_iter().zip(layer.up.apply(&normal));
			let gated: Vec<_> = gated.map(|(gate, up)| gate / (1.0 + (-gate).exp()) * up).collect();
			add(&mut x, &layer.down.apply(&gated));
		}
		memory.length += 1;
		self.normalize(&x, &self.norm)
	}

	/// How likely each token is to come after a hidden state, before softmax.
	pub fn logits(&self, hidden: &[f32]) -> Vec<f32> {
		self.output.apply(hidden)
	}

	fn normalize(&self, x: &[f32], weight: &[f32]) -> Vec<f32> {
		let mean = x.iter().map(|x| x * x).sum::<f32>() / x.len() as f32;
		let scale = 1.0 / (mean + self.config.rms_norm_eps).sqrt();
		x.iter().zip(weight).map(|(x, weight)| x * scale * weight).collect()
	}

	/// Turns each pair (i, i + half) of each head by an angle that grows with the position.
	fn rotate(&self, x: &mut [f32], position: usize) {
		let size = self.config.hidden_size / self.config.num_attention_heads;
		for head in x.chunks_exact_mut(size) {
			let (left, right) = head.split_at_mut(size / 2);
			for (i, (a, b)) in left.iter_mut().zip(right).enumerate() {
				let power = -(2.0 * i as f32 / size as f32);
				let (sin, cos) = (position as f32 * self.config.rope_theta.powf(power)).sin_cos();
				(*a, *b) = (*a * cos - *b * sin, *b * cos + *a * sin);
			}
		}
	}

	fn attend(&self, query: &[f32], keys: &[f32], values: &[f32]) -> Vec<f32> {
		let width = self.config.hidden_size;
		let size = width / self.config.num_attention_heads;
		let mut mixed = vec![0.0; width];
		for (head, mixed) in mixed.chunks_exact_mut(size).enumerate() {
			let part = head * size..(head + 1) * size;
			let query = &query[part.clone()];
			let mut weights: Vec<f32> = keys
				.chunks_exact(width)
				.map(|key| query.iter().zip(&key[part.clone()]).map(|(q, k)| q * k).sum::<f32>())
				.map(|score| score / (size as f32).sqrt())
				.collect();
			softmax(&mut weights);
			for (weight, value) in weights.iter().zip(values.chunks_exact(width)) {
				mixed.iter_mut().zip(&value[part.clone()]).for_each(|(m, v)| *m += weight * v);
			}
		}
		mixed
	}
}

fn add(x: &mut [f32], y: &[f32]) {
	x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// Makes probabilities of logits.
pub fn softmax(x: &mut [f32]) {
	let highest = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
	x.iter_mut().for_each(|x| *x = (*x - highest).exp());
	let sum: f32 = x.iter().sum();
	x.iter_mut().for_each(|x| *x /= sum);
}

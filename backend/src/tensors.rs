//! Numbers from a safetensors file.

use anyhow::{ensure, Context};
use safetensors::{Dtype, SafeTensors};

/// A tensor's numbers, row by row, all of them finite. `dtype` is F32 or BF16.
pub fn tensor(
	tensors: &SafeTensors,
	name: &str,
	dtype: Dtype,
	shape: &[usize],
) -> anyhow::Result<Vec<f32>> {
	let view = tensors.tensor(name).with_context(|| name.to_owned())?;
	ensure!(
		view.dtype() == dtype && view.shape() == shape,
		"{name} is {:?} {:?} instead of {dtype:?} {shape:?}",
		view.dtype(),
		view.shape(),
	);
	let numbers: Vec<f32> = match dtype {
		// The upper half of an f32.
		Dtype::BF16 => view
			.data()
			.chunks_exact(2)
			.map(|bytes| f32::from_le_bytes([0, 0, bytes[0], bytes[1]]))
			.collect(),
		_ => view
			.data()
			.chunks_exact(4)
			.map(|bytes| f32::from_le_bytes(bytes.try_into().expect("chunks of 4")))
			.collect(),
	};
	ensure!(
		numbers.iter().all(|number| number.is_finite()),
		"{name} holds a number that is not finite"
	);
	Ok(numbers)
}

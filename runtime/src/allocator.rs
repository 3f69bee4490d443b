//! Where the runtime's memory comes from: one large piece of the host's, shared out inside.
//!
//! The SDK's runtimes ask the host for every value that they keep, and to ask costs more than most values are
//! worth: it took a sixth of the time of a full block. Here picoalloc shares out [`SPACE`] bytes without
//! leaving the runtime. What does not fit is asked of the host, one by one, as everything was.
//!
//! The host knows nothing of it. Values that its functions return are still in memory that it found for them,
//! and the runtime gives that back: an address outside the space is the host's.
//!
//! Each call into the runtime starts with all memory free, and ends with it. The heap has to be larger than
//! the space: 2,048 pages by default, and `system.set_heap_pages`, which is root's, should leave 512.

use core::{
	alloc::{GlobalAlloc, Layout},
	ptr::{null_mut, NonNull},
	sync::atomic::{AtomicUsize, Ordering::Relaxed},
};
use picoalloc::{Allocator, Env, Mutex, Size};

#[cfg(target_family = "wasm")]
use sp_io::allocator::{free, malloc};
#[cfg(not(target_family = "wasm"))]
use tests::host::{free, malloc};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: RuntimeAllocator = RuntimeAllocator::new();

/// Bytes that are shared out inside: three times as much as the longest block. The host hands out powers
/// of two, 32 MiB at most, so what aligning takes is subtracted.
const SPACE: usize = 16 * 1024 * 1024 - SPACE_ALIGNMENT;

/// To how many bytes picoalloc aligns all that it hands out.
const SPACE_ALIGNMENT: usize = 32;

/// To how many bytes the host aligns all that it hands out.
const HOST_ALIGNMENT: usize = 8;

/// Where the space starts. Zero until the first allocation asks the host for it.
static SPACE_START: AtomicUsize = AtomicUsize::new(0);

/// The piece of memory that is shared out inside.
struct Space;

impl Env for Space {
	fn total_space(&self) -> Size {
		const { Size::from_bytes_usize(SPACE).unwrap() }
	}

	unsafe fn allocate_address_space(&mut self) -> *mut u8 {
		let given = malloc((SPACE + SPACE_ALIGNMENT) as u32);
		let start = given.add(given.align_offset(SPACE_ALIGNMENT));
		SPACE_START.store(start as usize, Relaxed);
		start
	}

	unsafe fn expand_memory_until(&mut self, _start: *mut u8, size: Size) -> bool {
		size <= self.total_space()
	}

	unsafe fn free_address_space(&mut self, _start: *mut u8) {}
}

struct RuntimeAllocator(Mutex<Allocator<Space>>);

impl RuntimeAllocator {
	const fn new() -> Self {
		Self(Mutex::new(Allocator::new(Space)))
	}
}

// SAFETY: what was allocated inside is resized and freed inside, as its address says; all else is the host's.
// Neither of them hands out memory that is in use.
unsafe impl GlobalAlloc for RuntimeAllocator {
	unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
		let inside = sizes(layout.align(), layout.size())
			.and_then(|(alignment, size)| self.0.lock().alloc(alignment, size));
		inside.map_or_else(|| alloc_of_host(layout), NonNull::as_ptr)
	}

	unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
		match inside(pointer) {
			Some(pointer) => self.0.lock().free(pointer),
			None => free_of_host(pointer, layout),
		}
	}

	/// A piece that finds no room inside moves outside; one that is outside may move inside.
	unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
		let resized = inside(pointer).zip(sizes(layout.align(), new_size)).and_then(
			|(pointer, (alignment, size))| self.0.lock().realloc(pointer, alignment, size),
		);
		if let Some(resized) = resized {
			return resized.as_ptr();
		}
		let new = self.alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
		if !new.is_null() {
			new.copy_from_nonoverlapping(pointer, layout.size().min(new_size));
			self.dealloc(pointer, layout);
		}
		new
	}
}

/// An alignment and a size as picoalloc counts them.
fn sizes(alignment: usize, size: usize) -> Option<(Size, Size)> {
	Size::from_bytes_usize(alignment).zip(Size::from_bytes_usize(size))
}

/// What was allocated inside, and nothing else.
fn inside(pointer: *mut u8) -> Option<NonNull<u8>> {
	let start = SPACE_START.load(Relaxed);
	let is_inside = start != 0 && (pointer as usize).wrapping_sub(start) < SPACE;
	NonNull::new(pointer).filter(|_| is_inside)
}

/// Asks the host for memory. Where that has to be aligned to more than the host does, the address that the
/// host gave is in the word before it.
unsafe fn alloc_of_host(layout: Layout) -> *mut u8 {
	if layout.align() <= HOST_ALIGNMENT {
		return malloc(layout.size() as u32);
	}
	let Some(size) = layout.size().checked_add(layout.align()) else { return null_mut() };
	let given = malloc(size as u32);
	let behind = given.add(HOST_ALIGNMENT);
	let aligned = behind.add(behind.align_offset(layout.align()));
	aligned.cast::<*mut u8>().sub(1).write(given);
	aligned
}

/// Gives memory back to the host: what [`alloc_of_host`] asked for, or what the host handed over, which is
/// bytes, aligned to nothing.
unsafe fn free_of_host(pointer: *mut u8, layout: Layout) {
	if layout.align() <= HOST_ALIGNMENT {
		free(pointer)
	} else {
		free(pointer.cast::<*mut u8>().sub(1).read())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use core::slice;
	use std::collections::BTreeMap;

	/// A host that keeps account of what it gave, gives nothing that is aligned to more than it says, and
	/// notices what is written beside it.
	pub(super) mod host {
		use super::{assert_full_of, Layout, HOST_ALIGNMENT};
		use std::{collections::BTreeMap, sync::Mutex};

		const MARGIN: usize = 64;
		const MARGIN_MARK: u8 = 0xA5;

		/// Where each piece is, how long it is, and how far into its own memory.
		static GIVEN: Mutex<BTreeMap<usize, (usize, usize)>> = Mutex::new(BTreeMap::new());

		fn layout(size: usize, offset: usize) -> Layout {
			Layout::from_size_align(offset + size + MARGIN, 4096).unwrap()
		}

		pub unsafe fn malloc(size: u32) -> *mut u8 {
			let mut given = GIVEN.lock().unwrap();
			let size = size as usize;
			let offset = MARGIN + HOST_ALIGNMENT * (given.len() % 8);
			let whole = std::alloc::alloc(layout(size, offset));
			whole.write_bytes(MARGIN_MARK, offset);
			whole.add(offset + size).write_bytes(MARGIN_MARK, MARGIN);
			given.insert(whole.add(offset) as usize, (size, offset));
			whole.add(offset)
		}

		pub unsafe fn free(pointer: *mut u8) {
			let given = GIVEN.lock().unwrap().remove(&(pointer as usize));
			let (size, offset) = given.expect("the host gave it, and did not get it back yet");
			assert_full_of(pointer.sub(MARGIN), MARGIN, MARGIN_MARK);
			assert_full_of(pointer.add(size), MARGIN, MARGIN_MARK);
			std::alloc::dealloc(pointer.sub(offset), layout(size, offset));
		}

		/// How many pieces are out.
		pub fn given() -> usize {
			GIVEN.lock().unwrap().len()
		}

		/// Whether these bytes are a part of one piece.
		pub fn gave(start: usize, size: usize) -> bool {
			let given = GIVEN.lock().unwrap();
			let piece = given.range(..=start).next_back();
			piece.is_some_and(|(at, (length, _))| start + size <= at + length)
		}
	}

	/// Everything that was handed out: where, and the byte that all of it is full of.
	struct Kept {
		pieces: BTreeMap<usize, (Layout, u8)>,
	}

	impl Kept {
		fn add(&mut self, pointer: *mut u8, layout: Layout, mark: u8) {
			let start = pointer as usize;
			assert!(start.is_multiple_of(layout.align()), "{start:#x} for {layout:?}");
			assert!(host::gave(start, layout.size()), "{start:#x}, {layout:?} is nobody's");
			let before = self.pieces.range(..start + layout.size()).next_back();
			assert!(
				before.is_none_or(|(at, (kept, _))| at + kept.size() <= start),
				"{start:#x}, {layout:?} is a part of {before:?}"
			);
			// SAFETY: it was handed out, and nobody else has it.
			unsafe { pointer.write_bytes(mark, layout.size()) };
			self.pieces.insert(start, (layout, mark));
		}

		/// Takes out one of them, which has to be as it was left.
		fn take(&mut self, nth: usize) -> Option<(*mut u8, Layout, u8)> {
			let at = *self.pieces.keys().nth(nth % self.pieces.len().max(1))?;
			let (layout, mark) = self.pieces.remove(&at)?;
			assert_full_of(at as *mut u8, layout.size(), mark);
			Some((at as *mut u8, layout, mark))
		}

		fn bytes(&self) -> usize {
			self.pieces.values().map(|(layout, _)| layout.size()).sum()
		}
	}

	fn assert_full_of(pointer: *mut u8, size: usize, mark: u8) {
		// SAFETY: it was handed out, and is as long as that.
		let bytes = unsafe { slice::from_raw_parts(pointer, size) };
		assert!(bytes.iter().all(|byte| *byte == mark), "something was written over");
	}

	/// Sizes up to 2 MiB and alignments up to 4 KiB, until the space is full twice over, and then half empty
	/// again, in a random order of making, resizing and freeing; and what the host hands over in between.
	#[test]
	fn memory_is_kept_apart_inside_and_outside_of_the_space() {
		let allocator = RuntimeAllocator::new();
		let mut kept = Kept { pieces: BTreeMap::new() };
		let mut state = 1u64;
		let mut random = move |below: usize| {
			// Knuth's MMIX.
			state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
			(state >> 33) as usize % below
		};
		// How often memory was made, and resized, by where it was before and after.
		let (mut made, mut resized) = ([0u32; 2], [[0u32; 2]; 2]);
		let place = |pointer| usize::from(inside(pointer).is_some());
		let mut growing = true;
		for step in 0..20_000usize {
			let mark = step as u8;
			growing = if growing { kept.bytes() < 2 * SPACE } else { kept.bytes() < SPACE / 2 };
			let below = 1 << random(22);
			let size = 1 + random(below);
			let layout = Layout::from_size_align(size, 1 << random(13)).unwrap();
			// SAFETY: each piece is resized or freed with the layout that it has, and freed once.
			unsafe {
				match random(if growing { 8 } else { 5 }) {
					0..=1 => {
						if let Some((pointer, layout, _)) = kept.take(random(1 << 20)) {
							allocator.dealloc(pointer, layout);
						}
					}
					2..=3 => {
						if let Some((pointer, old, mark_before)) = kept.take(random(1 << 20)) {
							let before = place(pointer);
							let pointer = allocator.realloc(pointer, old, size);
							assert_full_of(pointer, size.min(old.size()), mark_before);
							let new = Layout::from_size_align(size, old.align()).unwrap();
							kept.add(pointer, new, mark);
							resized[before][place(pointer)] += 1;
						}
					}
					// What the host hands over is bytes.
					4 => kept.add(
						host::malloc(size as u32),
						Layout::array::<u8>(size).unwrap(),
						mark,
					),
					_ => {
						let pointer = allocator.alloc(layout);
						kept.add(pointer, layout, mark);
						made[place(pointer)] += 1;
					}
				}
			}
		}
		let least = made.into_iter().chain(resized.into_iter().flatten()).min();
		assert!(least > Some(20), "made {made:?}, resized {resized:?}");
		while let Some((pointer, layout, _)) = kept.take(0) {
			// SAFETY: as above.
			unsafe { allocator.dealloc(pointer, layout) };
		}
		assert_eq!(host::given(), 1, "the space alone is still out");

		// The space is whole again, and no more than the space.
		let whole = Layout::from_size_align(SPACE - SPACE_ALIGNMENT, SPACE_ALIGNMENT).unwrap();
		let too_large = Layout::from_size_align(SPACE, SPACE_ALIGNMENT).unwrap();
		// SAFETY: they have a size, and are freed once.
		unsafe {
			for (layout, is_inside) in [(too_large, 0), (whole, 1)] {
				let pointer = allocator.alloc(layout);
				assert_eq!(place(pointer), is_inside, "{layout:?}");
				kept.add(pointer, layout, 1);
				let (pointer, layout, _) = kept.take(0).unwrap();
				allocator.dealloc(pointer, layout);
			}
		}
	}
}

//! Large lineages.

use super::*;
use crate::Relation::{FineTunedFrom, MergedFrom};

#[test]
fn a_lineage_of_depth_64_registers_and_shows() {
	new_test_ext().execute_and_check(|| {
		let mut line = vec![artifact_of(ALICE)];
		for n in 1..64 {
			let who = if n % 2 == 0 { ALICE } else { BOB };
			let parent = line[n - 1];
			line.push(child_of([claim(parent, FineTunedFrom, 10)]).submit(&who).unwrap());
		}
		// All the way up, as a tool walks.
		let mut at = line[63];
		for n in (0..63).rev() {
			let view = Registry::artifact(at).unwrap();
			assert_eq!(view.parents.len(), 1);
			at = view.parents[0].artifact;
			assert_eq!(at, line[n]);
			// And down again.
			assert_eq!(Registry::children(at, 0, 10).children, [line[n + 1]]);
		}
		assert!(Registry::artifact(at).unwrap().parents.is_empty());
	});
}

#[test]
fn a_lineage_of_16_parents_and_3_levels_registers_and_shows() {
	new_test_ext().execute_and_check(|| {
		// Each artifact of a level is made from all 16 of the level above it.
		let mut above: Vec<ArtifactId> = Vec::new();
		for _ in 0..3 {
			let claims = above.iter().map(|id| claim(*id, MergedFrom, 6)).collect::<Vec<_>>();
			let level = (0..16)
				.map(|_| {
					let parents = claims.clone();
					Registration { parents, ..Default::default() }.submit(&BOB).unwrap()
				})
				.collect::<Vec<_>>();
			for parent in &above {
				assert_eq!(Registry::children(*parent, 0, 100).children, level);
			}
			for child in &level {
				let view = Registry::artifact(*child).unwrap();
				assert!(view.parents.iter().map(|p| p.artifact).eq(above.clone()));
				let sum = Share::from_percent(if above.is_empty() { 0 } else { 96 });
				assert_eq!(view.upstream_share, sum);
			}
			above = level;
		}
	});
}

//! Other people's tools, for tests that hold what is ours against them.
//!
//! [`python`] is the interpreter of a virtual environment with the PyPI packages of
//! `requirements.txt`: OpenSSF's `model-signing`, `c2pa-python`, `cyclonedx-python-lib`,
//! `spdx-python-model`, Pillow. It lies in cargo's target folder and is made by the test that asks
//! for it first; all others wait for it, and later runs find it there. Changed requirements are
//! another environment, so that checkouts that share a target folder do not disturb each other.
//!
//! What is missing for it ends a test with a message that says what to install: nothing is skipped.

use std::{
	collections::hash_map::DefaultHasher,
	ffi::OsStr,
	fmt,
	fs::{self, File},
	hash::{Hash, Hasher},
	io::{self, Write},
	path::{Path, PathBuf},
	process::{Command, Output, Stdio},
	sync::OnceLock,
};

/// The packages, each with its exact version.
const REQUIREMENTS: &str = include_str!("../requirements.txt");
/// The file that says that an environment is whole.
const WHOLE: &str = "whole";

/// The interpreter that knows the outside tools.
///
/// # Panics
/// Where the environment cannot be made, with what to do about it.
pub fn python() -> &'static Path {
	static PYTHON: OnceLock<PathBuf> = OnceLock::new();
	PYTHON.get_or_init(|| {
		environment(&target_dir().join("outside-tools"), "python3", REQUIREMENTS)
			.unwrap_or_else(|failure| panic!("{failure}"))
	})
}

/// Runs [`python`] with `arguments` and hands back all that it did.
pub fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
	let mut command = Command::new(python());
	command.args(arguments).stdin(Stdio::null()).env("PYTHONUTF8", "1");
	command.output().unwrap_or_else(|error| panic!("cannot start {}: {error}", python().display()))
}

/// Runs [`python`] with `arguments` and hands back what it printed.
///
/// # Panics
/// Where it fails, with all that it said.
pub fn printed<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> String {
	let output = run(arguments);
	assert!(
		output.status.success(),
		"{}\n{}{}",
		output.status,
		String::from_utf8_lossy(&output.stdout),
		String::from_utf8_lossy(&output.stderr)
	);
	String::from_utf8(output.stdout).expect("PYTHONUTF8 is set")
}

/// Why there is no environment.
#[derive(Debug)]
struct Failure(String);

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

/// The interpreter of the environment with `requirements` below `root`, made by `python` where it is
/// not there yet.
fn environment(root: &Path, python: &str, requirements: &str) -> Result<PathBuf, Failure> {
	let mut hasher = DefaultHasher::new();
	requirements.hash(&mut hasher);
	let place = root.join(format!("{:016x}", hasher.finish()));
	let interpreter = place.join("bin/python");
	let failed = |doing: &'static str, path: PathBuf| {
		move |error: io::Error| Failure(format!("cannot {doing} {}: {error}", path.display()))
	};

	fs::create_dir_all(root).map_err(failed("make", root.into()))?;
	// Held until the environment is whole. The system takes it back from a process that dies.
	let lock = root.join("lock");
	let lock = File::create(&lock)
		.and_then(|file| file.lock().map(|()| file))
		.map_err(failed("lock", lock))?;
	// A link to an interpreter that is gone does not exist.
	if place.join(WHOLE).exists() && interpreter.exists() {
		return Ok(interpreter);
	}
	if place.exists() {
		fs::remove_dir_all(&place).map_err(failed("remove", place.clone()))?;
	}

	say(format_args!("outside tools: a virtual environment in {}", place.display()));
	let advice = "tests that call tools from PyPI need Python 3.11 or newer with its venv module: \
	              on Debian, apt-get install python3-venv";
	complete(Command::new(python).args(["-m", "venv"]).arg(&place), advice)?;
	let list = place.join("requirements.txt");
	fs::write(&list, requirements).map_err(failed("write", list.clone()))?;
	say(format_args!("outside tools: installing what requirements.txt names (about 70 MB, once)"));
	let mut install = Command::new(&interpreter);
	install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
	install.args(["--only-binary", ":all:", "--requirement"]).arg(&list);
	complete(
		&mut install,
		"the packages come from PyPI, or from where pip's own settings say: is it reached, and has it \
		 wheels of the versions in tests/outside-tools/requirements.txt for this Python?",
	)?;
	let whole = place.join(WHOLE);
	fs::write(&whole, "").map_err(failed("write", whole.clone()))?;
	drop(lock);
	Ok(interpreter)
}

/// Runs `command` to its end, and says what it said where that is a failure.
fn complete(command: &mut Command, advice: &str) -> Result<(), Failure> {
	let output = command.stdin(Stdio::null()).output();
	let why = match output {
		Ok(output) if output.status.success() => return Ok(()),
		Ok(output) => format!(
			"{}\n{}{}",
			output.status,
			String::from_utf8_lossy(&output.stdout),
			String::from_utf8_lossy(&output.stderr)
		),
		Err(error) => error.to_string(),
	};
	Err(Failure(format!("{command:?}: {}\n{advice}", why.trim_end())))
}

/// The target folder that the running test was built in: cargo marks it, wherever it is.
fn target_dir() -> PathBuf {
	let test = std::env::current_exe().unwrap_or_default();
	let marked = test.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
	marked.map(Path::to_owned).unwrap_or_else(|| {
		let named = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
		named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"))
	})
}

/// Straight to standard error: a line that the test harness holds back says nothing while one waits.
fn say(line: fmt::Arguments<'_>) {
	let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_tools_are_those_that_are_named() {
		let versions = printed([
			"-c",
			"import c2pa, cyclonedx.validation.json, model_signing, OpenSSL, PIL, spdx_python_model\n\
			 import importlib.metadata\n\
			 for name in ('c2pa-python', 'cyclonedx-python-lib', 'model-signing', 'pillow', \
			 'pyopenssl', 'spdx-python-model'):\n\
			 \tprint(f'{name} {importlib.metadata.version(name)}')",
		]);
		assert_eq!(versions.lines().count(), 6);
		for line in versions.lines() {
			let (name, version) = line.split_once(' ').unwrap();
			let named = REQUIREMENTS.lines().filter(|line| line.starts_with(name));
			let named: Vec<_> = named.collect();
			assert!(
				named.len() == 1 && named[0].ends_with(&format!("=={version}")),
				"{line}: {named:?}"
			);
		}
		assert!(python().starts_with(target_dir().join("outside-tools")));
	}

	#[test]
	fn an_environment_is_made_once_and_again_when_it_is_not_whole() {
		let root = tempfile::tempdir().unwrap();
		let make = |requirements| environment(root.path(), "python3", requirements).unwrap();
		let first = make("# nothing\n");
		let mark = first.parent().unwrap().join("mark");
		fs::write(&mark, "").unwrap();
		// Several at once, as tests are.
		std::thread::scope(|scope| {
			for _ in 0..4 {
				scope.spawn(|| assert_eq!(make("# nothing\n"), first));
			}
		});
		assert!(mark.exists());
		assert_ne!(make("# other\n"), first);
		assert!(mark.exists());
		// As after a Ctrl-C in the middle.
		fs::remove_file(first.parent().unwrap().parent().unwrap().join(WHOLE)).unwrap();
		assert_eq!(make("# nothing\n"), first);
		assert!(!mark.exists());
	}

	#[test]
	fn what_is_missing_is_named() {
		let root = tempfile::tempdir().unwrap();
		let why = |python, requirements| {
			environment(root.path(), python, requirements).unwrap_err().to_string()
		};
		assert!(why("no-such-python", "").contains("python3-venv"));
		// Refused by pip before it asks anybody.
		let unknown = why("python3", "not a requirement\n");
		assert!(unknown.contains("wheels of the versions"), "{unknown}");
		// And it is not taken for whole the next time.
		assert!(why("python3", "not a requirement\n").contains("wheels of the versions"));
	}
}

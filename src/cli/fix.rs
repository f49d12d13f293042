//! `asador fix`: writes the fixes of findings into the files.
use super::batch::{Checker, Reading, batch, read_bytes};
use super::replace::replace;
use super::settings::{Flags, Setups, Source};
use super::waivers::WaiverArguments;
use super::walk::{self, Target};
use super::{
    Exit, Failure, complain,
    select::{self, Selection},
};
use asador::diff;
use asador::fix::{Left, Mended, Mender};
use asador::input::{self, Format, ReadError};
use asador::text::Encoding;
use rayon::prelude::*;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Mends stories: writes the fixes of what was found into the files.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Files, folders, or `-` for the standard input, mended to the standard output.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also applies fixes that need an editor’s eye; read the result.
    #[arg(long = "unsafe")]
    with_unsafe: bool,
    /// Prints what would change as a diff for `git apply`, and writes nothing.
    #[arg(long)]
    diff: bool,
    /// Names the files that would change, and writes nothing.
    #[arg(long, conflicts_with = "diff")]
    check: bool,
    /// Prints no summary.
    #[arg(long, short)]
    quiet: bool,
    /// The format of all files, whatever their names and contents say.
    #[arg(long, value_name = "FORMAT", value_parser = select::input_formats())]
    input_format: Option<String>,
    /// The name of the story on the standard input: for messages, and for its format.
    #[arg(long, value_name = "PATH")]
    stdin_filepath: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    settings: Source,
    // What has a heading of its own stands last.
    #[command(flatten)]
    waivers: WaiverArguments,
}

/// What the help of this command ends with.
const AFTER_HELP: &str = "\
Examples:
  asador fix story.txt                       mend what is safe to mend
  asador fix stories/ --diff > mend.patch    see it first: git apply mend.patch
  asador fix stories/ --check                for a pipeline: exit code 1 if something would change
  asador fix story.txt --rule spaced-quote --unsafe
  asador fix - < story.txt > mended.txt      as a filter

A safe fix cannot change what is said; the others are applied with --unsafe only. Waived findings
stay as they are. A file keeps its encoding, line endings and permissions, and is replaced as a
whole or not at all. Word documents are read, but not written.

Exit codes:
  0  done (asador check tells what is left)
  1  something would change (--diff, --check)
  2  something could not be read, understood or written; the other files are still mended";

/// What became of one target.
struct Done {
    target: Target,
    name: String,
    result: Result<Option<File>, String>,
}

/// A file that was mended in memory.
struct File {
    old: Vec<u8>,
    encoding: Encoding,
    mended: Mended,
}

/// The run in numbers.
#[derive(Default)]
struct Total {
    seen: u64,
    fixed: u64,
    files: u64,
    left: Left,
    trouble: bool,
}

/// Mends what the arguments name.
///
/// # Errors
/// When the arguments make no sense, or the output cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let paths = walk::named(&arguments.paths).ok_or_else(|| {
        Failure("nothing to mend; name a file or folder, or pipe a story in".to_owned())
    })?;
    let reading = Reading {
        format: arguments.input_format.as_deref().and_then(Format::named),
        stdin_name: arguments.stdin_filepath.clone(),
    };
    let flags = Flags {
        selection: arguments.selection.clone(),
        ..Flags::default()
    };
    let setups = Arc::new(Setups::new(arguments.settings.clone(), flags));
    setups.first(&paths[0], &reading)?;
    let checker = Checker {
        waivers: arguments.waivers.open()?,
        ..Checker::new(setups.clone(), reading)
    };
    let piped = paths.iter().any(|path| path.as_os_str() == "-");
    let files = arguments.waivers.files();
    let mut targets = walk::targets(paths, &files, &setups);
    let mut total = Total::default();
    loop {
        let batch = batch(&mut targets);
        if batch.is_empty() {
            break;
        }
        let done: Vec<Done> = batch
            .into_par_iter()
            .map(|target| arguments.mend(&checker, target))
            .collect();
        for file in done {
            match arguments.finish(file, &mut total) {
                Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return Ok(total.exit(arguments)),
                Err(e) => return Err(Failure(format!("the output cannot be written ({e})"))),
                Ok(()) => {}
            }
        }
    }
    for (name, why) in checker.waivers.faults() {
        complain(&format!("{name}: {why}"));
        total.trouble = true;
    }
    if total.seen == 0 && !total.trouble {
        complain("nothing was mended: there is no story to read");
        total.trouble = true;
    }
    let summary = total.summary(arguments);
    // What goes to the standard output with a diff or a story is not for programs.
    if arguments.quiet {
        // The exit code tells.
    } else if piped || arguments.diff {
        complain(&summary);
    } else {
        super::print(&format!("{summary}\n"))?;
    }
    Ok(total.exit(arguments))
}

impl Arguments {
    /// Reads and mends a target, in memory.
    fn mend(&self, checker: &Checker, target: Result<Target, walk::Miss>) -> Done {
        let target = match target {
            Ok(target) => target,
            Err((name, why)) => {
                return Done {
                    target: Target::File(PathBuf::from(&name)),
                    name,
                    result: Err(why),
                };
            }
        };
        let name = checker.reading.name(&target);
        let result = self.mended(checker, &target, &name);
        Done {
            target,
            name,
            result,
        }
    }

    fn mended(
        &self,
        checker: &Checker,
        target: &Target,
        name: &str,
    ) -> Result<Option<File>, String> {
        let walked = matches!(target, Target::Walked(_));
        let old = read_bytes(target)?;
        let format = checker.reading.format(target, &old);
        if format == Format::Docx {
            // A walk reads what it can and passes the rest by.
            let why = "a Word document is read, but not written; mend it in its own program";
            return if walked {
                Ok(None)
            } else {
                Err(why.to_owned())
            };
        }
        let setup = checker.setup(target).map_err(|failure| failure.0)?;
        let read = |bytes| input::read(bytes, format, &setup.input);
        let input = match read(old.clone()) {
            Ok(input) => input,
            Err(ReadError::NoStory(_)) if walked => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let encoding = input.encoding();
        let place = checker.waivers.place(name);
        if let Some(ledger) = &place.unread {
            return Err(format!(
                "was not mended, for nobody knows what {ledger} waives"
            ));
        }
        let mender = Mender {
            read: &read,
            check: &|_, story| checker.findings(&setup, &place, story).0,
            with_unsafe: self.with_unsafe,
        };
        Ok(Some(File {
            mended: mender.mend(input),
            old,
            encoding,
        }))
    }

    /// Writes what became of a target, or says what would.
    fn finish(&self, done: Done, total: &mut Total) -> io::Result<()> {
        let name = &done.name;
        let file = match done.result {
            Ok(Some(file)) => file,
            Ok(None) => return Ok(()),
            Err(why) => {
                complain(&format!("{name}: {why}"));
                total.trouble = true;
                return Ok(());
            }
        };
        let mended = &file.mended;
        total.seen += 1;
        total.left.add(mended.left);
        for rule in &mended.restless {
            complain(&format!(
                "{name}: the fixes of {rule} never come to rest here and were left out; please report it"
            ));
        }
        let changed = mended.fixed > 0;
        let mut out = io::stdout().lock();
        if self.diff && changed {
            self.print_diff(name, &file, &mut out)?;
        } else if self.check && changed {
            writeln!(out, "would mend {name}: {}", fixes(mended.fixed))?;
        } else if !self.diff && !self.check {
            match &done.target {
                Target::Stdin => out.write_all(&mended.bytes)?,
                Target::File(path) | Target::Walked(path) if changed => {
                    if let Err(why) = replace(path, &file.old, &mended.bytes) {
                        complain(&format!("{name}: {why}"));
                        total.trouble = true;
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        if changed {
            total.files += 1;
            total.fixed += mended.fixed;
        }
        out.flush()
    }

    fn print_diff(&self, name: &str, file: &File, out: &mut impl io::Write) -> io::Result<()> {
        let path = relative(name);
        let (old, new) = (&file.old, &file.mended.bytes);
        if matches!(file.encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
            complain(&format!(
                "{name}: is in UTF-16; its diff is shown in UTF-8, to be read and not to be applied"
            ));
            let utf8 = |bytes: &[u8]| {
                let decoded = input::encoding::decode(bytes.to_vec());
                decoded.map_or(Vec::new(), |decoded| decoded.text.into_bytes())
            };
            return out.write_all(&diff::unified(&path, &utf8(old), &utf8(new)));
        }
        out.write_all(&diff::unified(&path, old, new))
    }
}

/// The name of a file as a diff states it: from here, with `/`.
fn relative(name: &str) -> String {
    let path = Path::new(name);
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    let parts = path.components().filter_map(|part| match part {
        std::path::Component::Normal(part) => Some(part.to_string_lossy()),
        std::path::Component::ParentDir => Some("..".into()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A number of fixes.
fn fixes(count: u64) -> String {
    format!("{count} {}", if count == 1 { "fix" } else { "fixes" })
}

impl Total {
    /// `5 fixed in 2 files, 3 more with --unsafe; 4 findings left`
    fn summary(&self, arguments: &Arguments) -> String {
        let would = arguments.diff || arguments.check;
        let files = if self.files == 1 { "file" } else { "files" };
        let mut summary = match self.fixed {
            0 => "nothing to fix".to_owned(),
            fixed if would => format!("{fixed} would be fixed in {} {files}", self.files),
            fixed => format!("{fixed} fixed in {} {files}", self.files),
        };
        let Left {
            findings,
            with_unsafe,
            unwritable,
            unencodable,
        } = self.left;
        if with_unsafe > 0 {
            summary += &format!(", {with_unsafe} more with --unsafe");
        }
        if unwritable > 0 {
            summary += &format!(", {unwritable} that cannot be written back");
        }
        if unencodable > 0 {
            summary += &format!(", {unencodable} with characters that the encoding lacks");
        }
        let noun = if findings == 1 { "finding" } else { "findings" };
        summary + &format!("; {findings} {noun} left")
    }

    fn exit(&self, arguments: &Arguments) -> Exit {
        if self.trouble {
            Exit::Trouble
        } else if self.fixed > 0 && (arguments.diff || arguments.check) {
            Exit::Failed
        } else {
            Exit::Fine
        }
    }
}

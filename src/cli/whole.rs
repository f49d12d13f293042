//! Files that are written bit by bit and appear whole or not at all.
use super::replace;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file under construction. Until [`Whole::finish`] its place keeps what was there before; a device
/// or a pipe gets everything at once.
pub enum Whole {
    /// Written beside its place, moved there at the end.
    Beside(NamedTempFile, PathBuf),
    /// Written where it stands.
    Direct(File),
}

impl Whole {
    /// Begins a file. A link leads to the file that is written; its permissions stay.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn create(path: &Path) -> io::Result<Whole> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = fs::symlink_metadata(&target).ok();
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            return Ok(Whole::Direct(File::create(&target)?));
        }
        let file = replace::fresh(&target)?;
        if let Some(known) = known {
            replace::take_over(&file, &known)?;
        }
        Ok(Whole::Beside(file, target))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When it cannot be moved there; what was there stays.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Whole::Beside(file, target) => file.persist(target).map(drop).map_err(|e| e.error),
            Whole::Direct(mut file) => file.flush(),
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Whole::Beside(file, _) => file.write(bytes),
            Whole::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Whole::Beside(file, _) => file.flush(),
            Whole::Direct(file) => file.flush(),
        }
    }
}

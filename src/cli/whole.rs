//! Files that appear whole or not at all.
use std::fs::{self, File, Permissions};
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
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut beside = tempfile::Builder::new();
        // A walk passes hidden files by, should one be left behind by a crash.
        beside.prefix(".asador-");
        if let Some(permissions) = ordinary() {
            beside.permissions(permissions);
        }
        let file = beside.tempfile_in(folder)?;
        if let Some(known) = known {
            file.as_file().set_permissions(known.permissions())?;
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

/// The permissions of a new file, before the mask of the process: temporary files have fewer.
#[cfg(unix)]
fn ordinary() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(Permissions::from_mode(0o666))
}

/// Elsewhere temporary files are as other files.
#[cfg(not(unix))]
fn ordinary() -> Option<Permissions> {
    None
}

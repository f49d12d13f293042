//! Puts new bytes in the place of a file: whole or not at all.
use std::fs::{self, Metadata};
use std::io::{self, Write as _};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Writes a file anew. The new one is made beside the old one and takes its place in one step; on any
/// error the old one is as it was. Permissions and owner stay; a link stays a link, and the file
/// that it leads to is replaced.
///
/// # Errors
/// In words, with the remedy.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let reason = |e: io::Error| format!("cannot be written ({e}); nothing was changed");
    let target = fs::canonicalize(path).map_err(reason)?;
    let metadata = fs::metadata(&target).map_err(reason)?;
    if metadata.permissions().readonly() {
        return Err("may not be written; check its permissions".to_owned());
    }
    // What somebody wrote in the meantime is not lost.
    if fs::read(&target).map_err(reason)? != old {
        return Err("was changed while asador ran; run it again".to_owned());
    }
    let mut file = beside(&mut Builder::new(), &target).map_err(reason)?;
    file.write_all(new).map_err(reason)?;
    take_over(&file, &metadata).map_err(reason)?;
    file.as_file().sync_all().map_err(reason)?;
    file.persist(&target).map_err(|e| reason(e.error))?;
    Ok(())
}

/// Writes a file that may be there or not, whole or not at all.
///
/// # Errors
/// In words, with the remedy.
pub fn write(path: &Path, new: &[u8]) -> Result<(), String> {
    match fs::read(path) {
        Ok(old) if old == new => Ok(()),
        Ok(old) => replace(path, &old, new),
        Err(e) if e.kind() == io::ErrorKind::NotFound => create(path, new)
            .map_err(|e| format!("cannot be written ({e}); check that its folder exists")),
        Err(e) => Err(super::walk::reason(&e)),
    }
}

fn create(path: &Path, new: &[u8]) -> io::Result<()> {
    let mut file = fresh(path)?;
    file.write_all(new)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// An empty file in the same folder, for one that is not there yet.
pub fn fresh(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    // A temporary file is private; a new file of the user is as readable as others.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    beside(&mut builder, path)
}

/// An empty file in the same folder, hidden from walks.
fn beside(builder: &mut Builder, path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    builder
        .prefix(".asador-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
}

/// Gives a file the owner and the permissions of another.
pub fn take_over(file: &NamedTempFile, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        // Only the superuser may give a file away; for others it has the right owner already.
        let _ = fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
    }
    file.as_file().set_permissions(old.permissions())
}

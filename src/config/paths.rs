//! Patterns of paths, as `.gitignore` has them.
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

/// Patterns, any of which may match.
#[derive(Clone, Debug, Default)]
pub struct Paths(GlobSet);

/// A pattern that cannot be read: its place and the reason.
pub type Unreadable = (Range<usize>, String);

impl Paths {
    /// Reads patterns. One without a slash, but for one at its end, names files and folders of any
    /// folder, another one those from the folder of the settings on; a folder is all that it holds.
    ///
    /// # Errors
    /// When one is no pattern.
    pub fn new(patterns: &[Spanned<String>]) -> Result<Self, Unreadable> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let unreadable = |why: globset::Error| {
                let why = format!(
                    "“{}” is no pattern of paths: {}",
                    pattern.get_ref(),
                    why.kind()
                );
                (pattern.span(), why)
            };
            let path = pattern.get_ref().trim_end_matches('/');
            let path = match path.strip_prefix('/') {
                Some(path) => path.to_owned(),
                None if path.contains('/') => path.to_owned(),
                None => format!("**/{path}"),
            };
            for path in [format!("{path}/**"), path] {
                let mut glob = GlobBuilder::new(&path);
                set.add(glob.literal_separator(true).build().map_err(unreadable)?);
            }
        }
        // Each pattern was read by itself; all together they can only be too many.
        let set = set.build().map_err(|why| (0..0, why.to_string()))?;
        Ok(Paths(set))
    }

    /// Whether one of them matches a path, which is given from the folder of the settings on.
    pub fn hold(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let of = |pattern: &str| Paths::new(&[Spanned::new(0..0, pattern.to_owned())]);
        for (pattern, matching, other) in [
            (
                "wire",
                &["wire", "a/wire", "a/wire/b.txt", "wire/x/y.md"][..],
                &["wires/a.txt", "a.wire"][..],
            ),
            ("*.md", &["a.md", "b/c.md"], &["a.mdx"]),
            ("/wire/", &["wire/a.txt"], &["a/wire/a.txt"]),
            (
                "desk/*.txt",
                &["desk/a.txt"],
                &["desk/b/a.txt", "a/desk/a.txt"],
            ),
            (
                "desk/**/a.txt",
                &["desk/a.txt", "desk/b/c/a.txt"],
                &["a.txt"],
            ),
        ] {
            let paths = of(pattern).expect("a pattern");
            for path in matching {
                assert!(paths.hold(Path::new(path)), "{pattern} {path}");
            }
            for path in other {
                assert!(!paths.hold(Path::new(path)), "{pattern} {path}");
            }
        }
        let (_, why) = of("a[").map(|_| ()).unwrap_err();
        assert!(why.starts_with("“a[” is no pattern of paths: "), "{why}");
    }
}

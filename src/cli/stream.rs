//! Records of JSON Lines as they come: what is there is checked together, and answered before more
//! is waited for. A stream of any length needs no more memory than its longest records.
use super::batch::{Done, Fault, Run};
use super::progress::Progress;
use super::walk::{self, Target};
use asador::input::{self, Input, Options, ReadError};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// A longer line is not read, in bytes: a record is a story, not an archive.
const LONGEST_LINE: usize = 64 << 20;
/// So much is read at a time, in bytes.
const BLOCK: usize = 256 << 10;
/// So many blocks are read ahead while others are checked.
const AHEAD: usize = 8;
/// So many bytes of records are checked together at most.
const MOST_BYTES: usize = 8 << 20;

/// Whole lines of a stream.
struct Chunk {
    /// The number of the first, from 1.
    first: u32,
    bytes: Vec<u8>,
}

/// A line of a stream that is not blank.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: u32,
    bytes: &'a [u8],
}

/// The lines of some bytes, the first of which has this number.
pub fn lines(first: u32, bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let numbered = bytes.split(|&b| b == b'\n').zip(first..);
    let lines = numbered.map(|(bytes, number)| Line { number, bytes });
    lines.filter(|line| !line.bytes.trim_ascii().is_empty())
}

impl Line<'_> {
    /// Reads the record.
    ///
    /// # Errors
    /// With the place in the stream, and the remedy.
    pub fn read(self, options: &Options) -> Result<Input, Fault> {
        let at = |column| Some((self.number, column));
        self.parse(options).map_err(|error| match error {
            ReadError::Malformed { column, why, .. } => Fault {
                place: at(column),
                why,
            },
            other => Fault {
                place: at(1),
                why: other.to_string(),
            },
        })
    }

    fn parse(self, options: &Options) -> Result<Input, ReadError> {
        if self.bytes.len() > LONGEST_LINE {
            let most = LONGEST_LINE >> 20;
            return Err(ReadError::Malformed {
                line: self.number,
                column: 1,
                why: format!("the line is longer than {most} MiB; a record is one story"),
            });
        }
        input::read_record(self.bytes.to_vec(), self.number, options)
    }
}

impl Run {
    /// Checks the records of a target as they come.
    ///
    /// # Errors
    /// When a report cannot be written.
    pub fn stream(&mut self, target: &Target, progress: &mut Progress) -> io::Result<()> {
        let name = self.checker.reading.name(target);
        let done = |parts| {
            vec![Done {
                name: name.clone(),
                parts,
            }]
        };
        let chunks = match open(target) {
            Ok(from) => pumped(from),
            Err(e) => return self.tell(done(vec![Err(walk::reason(&e).into())]), progress),
        };
        let setup = match self.checker.setup(target) {
            Ok(setup) => setup,
            Err(failure) => return self.tell(done(vec![Err(failure.into())]), progress),
        };
        let mut begun = false;
        while let Some(batch) = batch(&chunks) {
            let (batch, broken) = batch;
            let mut lines: Vec<Line> = batch
                .iter()
                .flat_map(|chunk| lines(chunk.first, &chunk.bytes))
                .collect();
            if !begun && let Some(first) = lines.first() {
                begun = true;
                match first.parse(&setup.input) {
                    // Not a stream of records at all.
                    Err(error @ (ReadError::Binary(_) | ReadError::Encoding(_))) => {
                        return self.tell(done(vec![Err(error.into())]), progress);
                    }
                    Err(ReadError::NoStory(_)) if matches!(target, Target::Walked(_)) => {
                        return Ok(());
                    }
                    _ => {}
                }
            }
            let check = |line| self.checker.record(&name, &setup, line);
            let mut parts: Vec<_> = match lines.len() {
                // One record needs no threads.
                1 => lines.drain(..).map(check).collect(),
                _ => lines.into_par_iter().map(check).collect(),
            };
            if let Some(e) = broken {
                parts.push(Err(walk::reason(&e).into()));
            }
            self.tell(done(parts), progress)?;
        }
        Ok(())
    }
}

fn open(target: &Target) -> io::Result<Box<dyn Read + Send>> {
    Ok(match target {
        Target::Stdin => Box::new(io::stdin()),
        Target::File(path) | Target::Walked(path) => Box::new(File::open(path)?),
    })
}

/// The next chunks to be checked together, and why there are no more if the stream broke. It waits
/// for the first, and takes of the others what is there. `None` at the end.
fn batch(chunks: &Receiver<io::Result<Chunk>>) -> Option<(Vec<Chunk>, Option<io::Error>)> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    let mut next = chunks.recv().ok();
    next.as_ref()?;
    while let Some(chunk) = next {
        match chunk {
            Ok(chunk) => {
                bytes += chunk.bytes.len();
                batch.push(chunk);
            }
            Err(error) => return Some((batch, Some(error))),
        }
        next = match bytes < MOST_BYTES {
            true => chunks.try_recv().ok(),
            false => None,
        };
    }
    Some((batch, None))
}

/// Reads ahead in a thread of its own. It is not waited for: when the reader of the report has gone,
/// it may still sit before a terminal or a pipe.
fn pumped(from: Box<dyn Read + Send>) -> Receiver<io::Result<Chunk>> {
    let (to, chunks) = sync_channel(AHEAD);
    thread::spawn(move || {
        // That nobody listens any more is no trouble.
        let _ = pump(from, &to);
    });
    chunks
}

/// Cuts what it reads into chunks of whole lines. Of a line that is too long only so much is kept
/// that it is seen to be.
fn pump(
    mut from: impl Read,
    to: &SyncSender<io::Result<Chunk>>,
) -> Result<(), std::sync::mpsc::SendError<io::Result<Chunk>>> {
    let mut block = vec![0; BLOCK];
    let mut pending = Vec::new();
    let mut first = 1_u32;
    loop {
        let read = match from.read(&mut block) {
            Ok(0) => break,
            Ok(read) => &block[..read],
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return to.send(Err(e)),
        };
        let whole = memchr::memrchr(b'\n', read).map_or(0, |at| at + 1);
        let (ended, rest) = read.split_at(whole);
        if !ended.is_empty() {
            keep(&mut pending, ended);
            let bytes = std::mem::take(&mut pending);
            let breaks = memchr::memchr_iter(b'\n', &bytes).count();
            let chunk = Chunk { first, bytes };
            first = first.saturating_add(breaks as u32);
            to.send(Ok(chunk))?;
        }
        keep(&mut pending, rest);
    }
    if !pending.is_empty() {
        let bytes = pending;
        to.send(Ok(Chunk { first, bytes }))?;
    }
    Ok(())
}

/// Appends to a line that is not whole yet, or the end of it and more lines, as far as is needed.
fn keep(pending: &mut Vec<u8>, read: &[u8]) {
    let skipped = match pending.len() > LONGEST_LINE {
        true => memchr::memchr(b'\n', read).unwrap_or(read.len()),
        false => 0,
    };
    pending.extend_from_slice(&read[skipped..]);
}

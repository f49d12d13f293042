//! The reader of tables of pairs (TSV, CSV): every row is a paragraph, its Spanish beside.
use super::segment::Pairs;
use super::xml::is_tongue;
use super::{Malformed, Story, escape};
use csv_core::{ReadFieldResult, ReaderBuilder};
use std::ops::Range;

/// The story of a table whose cells end with this byte: all its rows, in order.
pub(super) fn read(text: &str, delimiter: u8) -> Result<Vec<Story>, Malformed> {
    let table = Table::of(text, delimiter)?;
    let (columns, rows) = table.columns()?;
    let mut pairs = Pairs::new(escape::PLAIN);
    for row in rows {
        let (Some(spanish), Some(english)) = (row.get(columns.spanish), row.get(columns.english))
        else {
            continue;
        };
        if table.said(english).trim().is_empty() {
            continue;
        }
        pairs.begin(&table.said(spanish));
        pairs.english.write_with(Some(match english.quoted {
            true => escape::CELL,
            false => escape::bare_cell(delimiter),
        }));
        for (said, source) in table.parts(english) {
            match said.len() == source.len() {
                true => pairs.english.verbatim(said, source.start),
                false => pairs.english.unit(said, source),
            }
        }
        pairs.english.end();
    }
    if pairs.is_empty() {
        return Err(Malformed::foreign("no row of the table has any English"));
    }
    Ok(vec![pairs.finish(None)])
}

/// No table of pairs has so many columns; more are not kept.
const MOST_COLUMNS: usize = 64;

/// A table: where its cells stand.
struct Table<'t> {
    text: &'t str,
    rows: Vec<Vec<Cell>>,
}

/// Where the text of a cell stands, without its quotation marks.
struct Cell {
    source: Range<usize>,
    quoted: bool,
}

/// Which columns are read.
struct Columns {
    spanish: usize,
    english: usize,
}

impl<'t> Table<'t> {
    /// The cells of a file. A table parted by tabs is read as one without quoted cells if a cell
    /// begins with a quotation mark that does not hold the whole of it: many programs write so.
    fn of(text: &'t str, delimiter: u8) -> Result<Self, Malformed> {
        let mut table = Table {
            text,
            rows: Vec::new(),
        };
        match table.split(delimiter, true) {
            Err(_) if delimiter == b'\t' => {
                table.rows.clear();
                table.split(delimiter, false)?;
            }
            result => result?,
        }
        Ok(table)
    }

    fn split(&mut self, delimiter: u8, quoting: bool) -> Result<(), Malformed> {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(quoting)
            .build();
        // What the cells say is read from the file again, with the place of everything.
        let mut scratch = [0; 4096];
        let bytes = self.text.as_bytes();
        let (mut start, mut at) = (0, 0);
        let mut row = Vec::new();
        loop {
            let (result, read, _) = reader.read_field(&bytes[at..], &mut scratch);
            at += read;
            let record_end = match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
                ReadFieldResult::Field { record_end } => record_end,
                ReadFieldResult::End => return Ok(()),
            };
            if row.len() < MOST_COLUMNS {
                let mut raw = &self.text[start..at];
                if row.is_empty() {
                    // The parser passes over empty lines before a record.
                    raw = raw.trim_start_matches(['\r', '\n', '\u{feff}']);
                }
                let from = at - raw.len();
                let raw = match record_end {
                    true => raw.strip_suffix(['\r', '\n']).unwrap_or(raw),
                    false => raw.strip_suffix(char::from(delimiter)).unwrap_or(raw),
                };
                row.push(cell(raw, from, quoting)?);
            }
            start = at;
            if record_end {
                self.rows.push(std::mem::take(&mut row));
            }
        }
    }

    /// What a cell says.
    fn said(&self, cell: &Cell) -> String {
        self.parts(cell).map(|(said, _)| said).collect()
    }

    /// What a cell says, with the place of every part; a doubled quotation mark is one part.
    fn parts(&self, cell: &Cell) -> impl Iterator<Item = (&'t str, Range<usize>)> + use<'t> {
        let (text, end, quoted) = (self.text, cell.source.end, cell.quoted);
        let mut at = cell.source.start;
        std::iter::from_fn(move || {
            let rest = &text[at..end];
            let mark = rest.find('"').filter(|_| quoted);
            let (said, long) = match mark {
                Some(0) => (&rest[..1], 2.min(rest.len())),
                Some(mark) => (&rest[..mark], mark),
                None => (rest, rest.len()),
            };
            at += long;
            (long > 0).then_some((said, at - long..at))
        })
    }

    /// Which columns to read, and the rows below their names.
    fn columns(&self) -> Result<(Columns, &[Vec<Cell>]), Malformed> {
        let [first, below @ ..] = &self.rows[..] else {
            return Err(Malformed::foreign("an empty table"));
        };
        let column = |named: fn(&str) -> bool| {
            let mut names = first.iter().map(|cell| self.said(cell));
            names.position(|name| named(name.trim()))
        };
        if let (Some(spanish), Some(english)) = (column(is_spanish), column(is_english)) {
            return Ok((Columns { spanish, english }, below));
        }
        let worded = |cell: &Cell| self.said(cell).contains(char::is_alphabetic);
        let pairs = self.rows.iter().all(|row| row.len() == 2);
        let words = self.rows.iter().filter(|row| row.iter().all(worded));
        if !pairs || words.count() * 2 <= self.rows.len() {
            return Err(Malformed::foreign(
                "no table of pairs; name its columns es and en in the first row",
            ));
        }
        let columns = Columns {
            spanish: 0,
            english: 1,
        };
        Ok((columns, &self.rows))
    }
}

/// A cell as it stands in the file, from this byte on.
fn cell(raw: &str, from: usize, quoting: bool) -> Result<Cell, Malformed> {
    let Some(inner) = raw.strip_prefix('"').filter(|_| quoting) else {
        let source = from..from + raw.len();
        return Ok(Cell {
            source,
            quoted: false,
        });
    };
    let closed = inner.strip_suffix('"');
    match closed.filter(|inner| inner.replace("\"\"", "").find('"').is_none()) {
        Some(inner) => Ok(Cell {
            source: from + 1..from + 1 + inner.len(),
            quoted: true,
        }),
        None => Err(Malformed::new(
            from,
            "a cell that begins with \" and does not end with it; double the \" in it, or end it",
        )),
    }
}

/// Whether a column of this name holds the Spanish.
fn is_spanish(name: &str) -> bool {
    const NAMES: &[&str] = &["spa", "spanish", "español", "castellano", "source", "src"];
    is_tongue(name, "es") || NAMES.contains(&&*name.to_lowercase())
}

/// Whether a column of this name holds the English.
fn is_english(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "eng",
        "english",
        "inglés",
        "target",
        "tgt",
        "translation",
        "text",
    ];
    is_tongue(name, "en") || NAMES.contains(&&*name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::input::{Format, escape, testing};
    use crate::text::Span;
    use proptest::prelude::*;

    fn read(file: &str, format: Format) -> (String, Option<String>) {
        let document = testing::story(file, format).document;
        (document.plain.trim_end().to_owned(), document.spanish)
    }

    fn pair(english: &str, spanish: &str) -> (String, Option<String>) {
        (english.to_owned(), Some(spanish.to_owned()))
    }

    #[test]
    fn rows_are_paragraphs_with_their_spanish() {
        let table = "id,target,Source\r\n1,\"He said \"\"no\"\", twice\",Dijo no\r\n\r\n2,Two,\"Dos\nveces\"\r\n3,,Nada\r\n";
        let expected = pair("He said \"no\", twice\n\nTwo", "Dijo no\n\nDos\nveces");
        assert_eq!(read(table, Format::Csv), expected);
        assert_eq!(
            read("El juez\tThe judge\nDos\tTwo", Format::Tsv),
            pair("The judge\n\nTwo", "El juez\n\nDos")
        );
        assert_eq!(
            read("en-GB\tes-AR\nOne\tUno\tx\n", Format::Tsv),
            pair("One", "Uno")
        );
    }

    #[test]
    fn tabs_may_part_cells_that_are_never_quoted() {
        let table = "Dijo\t\"No\", he said\nUno\t\"One\"\n";
        assert_eq!(
            read(table, Format::Tsv),
            pair("\"No\", he said\n\n\"One\"", "Dijo\n\nUno")
        );
        assert_eq!(
            read("Dijo\t\"\"\"No\"\", he said\"\n", Format::Tsv),
            pair("\"No\", he said", "Dijo")
        );
    }

    #[test]
    fn a_cell_is_written_as_it_was() {
        let story = testing::story("es,en\nUno,One goal\nDos,\"Two, three\"\n", Format::Csv);
        let escapes = |word: &str| {
            let at = story.document.plain.find(word).expect("the word");
            story.escapes(Span::new(at, at + word.len()))
        };
        assert_eq!(escapes("goal"), Some(escape::bare_cell(b',')));
        assert_eq!(escapes("three"), Some(escape::CELL));
    }

    #[test]
    fn other_tables_are_foreign() {
        let refusal = |file: &str| testing::refusal(file, Format::Csv);
        let name = "no table of pairs; name its columns es and en in the first row";
        assert_eq!(refusal("2019,350\n2020,410\n"), name);
        assert_eq!(refusal("city,people,year\nLima,10,2020\n"), name);
        assert_eq!(
            refusal("es,en\nUno,\n"),
            "no row of the table has any English"
        );
        assert_eq!(refusal(""), "an empty table");
        assert_eq!(
            refusal("es,en\nUno,\"One\" goal\n"),
            "2:5: a cell that begins with \" and does not end with it; double the \" in it, or end it"
        );
    }

    proptest! {
        /// What the writer of another crate wrote is read again, every word where its bytes are.
        #[test]
        fn what_is_written_is_read(
            rows in prop::collection::vec((r#"[a-z",é\n\t ]{0,8}"#, r#"[a-z",é\n\r\t ]{0,12}"#), 0..5),
            tabs: bool,
            always: bool,
        ) {
            let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
            let delimiter = if tabs { b'\t' } else { b',' };
            let mut writer = csv::WriterBuilder::new()
                .delimiter(delimiter)
                .quote_style(style)
                .from_writer(Vec::new());
            writer.write_record(["es", "en"]).expect("it fits");
            writer.write_record(["s", "The end"]).expect("it fits");
            for (spanish, english) in &rows {
                writer.write_record([spanish, english]).expect("it fits");
            }
            let file = String::from_utf8(writer.into_inner().expect("all")).expect("UTF-8");
            let format = if tabs { Format::Tsv } else { Format::Csv };
            let story = testing::story(&file, format);
            let blocks = testing::blocks(&story).into_iter().map(|(_, text)| text);
            let expected = rows.iter().map(|(_, english)| english.trim()).filter(|e| !e.is_empty());
            prop_assert_eq!(
                blocks.collect::<Vec<_>>(),
                ["The end"].into_iter().chain(expected).collect::<Vec<_>>()
            );
            testing::holds(&file, format, |written| written.replace("\"\"", "\""));
            testing::rewrites(&file, format, "a, b");
            testing::rewrites(&file, format, "a \"b\"");
        }

        #[test]
        fn any_file(text in r#"(es|en|,|\t|"|é|x| |\r|\n){0,40}"#) {
            let _ = testing::input(&text, Format::Csv);
            let _ = testing::input(&text, Format::Tsv);
        }
    }
}

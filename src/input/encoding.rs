//! From bytes to text: which encoding it is, and which bytes each character came from.
use super::ReadError;
use crate::text::{Encoding, SourceMap};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// Text with the way back into the bytes.
pub struct Decoded {
    /// The text; a byte order mark is left out.
    pub text: String,
    /// Leads from the text to the bytes.
    pub map: SourceMap,
    /// What the bytes are in.
    pub encoding: Encoding,
    /// The bytes, or nothing if they are those of the text.
    pub raw: Vec<u8>,
}

/// Decodes the bytes of a file. UTF-8 without a byte order mark is not copied.
///
/// # Errors
/// When the bytes are those of another kind of file, or of an encoding that no English story is in.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, ReadError> {
    if let Some(what) = magic(&bytes) {
        return Err(ReadError::Binary(what));
    }
    let marked = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]
        .into_iter()
        .find(|e| bytes.starts_with(e.byte_order_mark()));
    match marked {
        Some(Encoding::Utf8) => Ok(damaged_utf8(bytes, 3)),
        Some(wide) => utf16(bytes, wide, 2),
        None => unmarked(bytes),
    }
}

/// The first bytes of files that people pass by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP file or a Word or OpenDocument text"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xff\xfe\0\0", "UTF-32 or a binary file"),
    (b"\0\0\xfe\xff", "UTF-32 or a binary file"),
];

fn magic(bytes: &[u8]) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    known.map(|&(_, what)| what)
}

/// As far as this a NUL byte means that the file is not (eight-bit) text, in bytes.
const HEAD: usize = 8192;

fn unmarked(bytes: Vec<u8>) -> Result<Decoded, ReadError> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if memchr::memchr(0, head).is_some() {
        let wide = utf16_by_nul(head).ok_or(ReadError::Binary("a binary file"))?;
        return utf16(bytes, wide, 0);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text,
            map: SourceMap::identity(),
            encoding: Encoding::Utf8,
            raw: Vec::new(),
        }),
        Err(error) => {
            let bytes = error.into_bytes();
            if mostly_utf8(&bytes) {
                return Ok(damaged_utf8(bytes, 0));
            }
            if let Some(other) = not_western(&bytes) {
                return Err(ReadError::Encoding(other));
            }
            Ok(windows_1252(bytes))
        }
    }
}

/// English in UTF-16 has a NUL in every other byte.
fn utf16_by_nul(head: &[u8]) -> Option<Encoding> {
    let pairs = head.len() / 2;
    let nuls = |side: usize| head.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let (first, second) = (nuls(0), nuls(1));
    let (most, least) = (first.max(second), first.min(second));
    if most * 2 < pairs || least * 50 > most {
        return None;
    }
    Some(if first < second {
        Encoding::Utf16Le
    } else {
        Encoding::Utf16Be
    })
}

/// Whether bytes that are not valid UTF-8 are UTF-8 with some damage: more characters of several
/// bytes are whole than broken. In an eight-bit encoding hardly any looks whole.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        let leads = chunk.valid().bytes().filter(|b| *b >= 0xc0);
        whole += leads.count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// Decodes UTF-8; every broken sequence becomes U+FFFD.
fn damaged_utf8(bytes: Vec<u8>, mark: usize) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut map = SourceMap::identity();
    let mut at = mark;
    for chunk in bytes[mark..].utf8_chunks() {
        let (valid, invalid) = (chunk.valid(), chunk.invalid());
        text.push_str(valid);
        map.verbatim(at, valid.len());
        at += valid.len();
        if !invalid.is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            map.unit(3, at..at + invalid.len());
            at += invalid.len();
        }
    }
    Decoded {
        text,
        map,
        encoding: Encoding::Utf8,
        raw: bytes,
    }
}

/// A text as a file in this encoding writes it, without a byte order mark; `None` where the encoding
/// lacks a character.
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.as_bytes().to_vec()),
        Encoding::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Windows1252 => {
            let (bytes, _, lacking) = encoding_rs::WINDOWS_1252.encode(text);
            (!lacking).then(|| bytes.into_owned())
        }
    }
}

fn utf16(bytes: Vec<u8>, encoding: Encoding, mark: usize) -> Result<Decoded, ReadError> {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut map = SourceMap::identity();
    let units = bytes[mark..].chunks_exact(2).map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let mut at = mark;
    for decoded in char::decode_utf16(units) {
        let (c, width) = match decoded {
            Ok(c) => (c, c.len_utf16() * 2),
            Err(_) => (char::REPLACEMENT_CHARACTER, 2),
        };
        text.push(c);
        map.push(1, c.len_utf8(), at, width);
        at += width;
    }
    // English holds no NUL characters; a file that does is something else.
    if text.chars().take(HEAD).filter(|&c| c == '\0').count() > 8 {
        return Err(ReadError::Binary("a binary file"));
    }
    Ok(Decoded {
        text,
        map,
        encoding,
        raw: bytes,
    })
}

fn windows_1252(bytes: Vec<u8>) -> Decoded {
    let table: [char; 128] = std::array::from_fn(|i| {
        let byte = [i as u8 + 128];
        let (c, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        c.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut map = SourceMap::identity();
    for (at, &byte) in bytes.iter().enumerate() {
        let c = if byte < 128 {
            char::from(byte)
        } else {
            table[usize::from(byte) - 128]
        };
        text.push(c);
        map.push(1, c.len_utf8(), at, 1);
    }
    Decoded {
        text,
        map,
        encoding: Encoding::Windows1252,
        raw: bytes,
    }
}

/// What the detector reads of a file, in bytes.
const SAMPLE: usize = 1 << 16;

/// The encoding of a text that is not in a Western script. English and Spanish have few letters
/// beyond ASCII; where they are many, a detector says what they are.
fn not_western(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let high = sample.iter().filter(|b| **b >= 128).count();
    if high * 6 < sample.len() {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    let guess = detector.guess(Some(b"es"), Utf8Detection::Deny);
    (guess != encoding_rs::WINDOWS_1252).then(|| guess.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    /// How a story is written in an encoding, with or without a byte order mark.
    fn encode(text: &str, encoding: Encoding, mark: bool) -> Vec<u8> {
        let mark = if mark {
            encoding.byte_order_mark()
        } else {
            b""
        };
        let text = super::encode(text, encoding).expect("every character");
        [mark, &text].concat()
    }

    /// The text of a slice of a file.
    fn slice(bytes: &[u8], encoding: Encoding) -> String {
        let units = |join: fn([u8; 2]) -> u16| -> String {
            let units: Vec<u16> = bytes.chunks(2).map(|p| join([p[0], p[1]])).collect();
            String::from_utf16(&units).expect("whole characters")
        };
        match encoding {
            Encoding::Utf8 => String::from_utf8(bytes.to_vec()).expect("whole characters"),
            Encoding::Utf16Le => units(u16::from_le_bytes),
            Encoding::Utf16Be => units(u16::from_be_bytes),
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        }
    }

    /// Decodes a story and asks of every span whether its bytes in the file are its text.
    fn holds(text: &str, encoding: Encoding, mark: bool) {
        let bytes = encode(text, encoding, mark);
        let decoded = decode(bytes.clone()).expect("a text");
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.encoding, encoding);
        let bounds: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        for (i, &start) in bounds.iter().enumerate() {
            for &end in &bounds[i + 1..] {
                let source = decoded.map.source(Span::new(start, end));
                assert_eq!(slice(&bytes[source.range()], encoding), text[start..end]);
            }
        }
    }

    const ENGLISH: &str = "The mayor said “no” to the café in Málaga – twice.\r\n\r\nIt cost 5 €.";

    #[test]
    fn every_encoding_is_told() {
        holds(ENGLISH, Encoding::Utf8, false);
        holds(ENGLISH, Encoding::Utf8, true);
        holds(ENGLISH, Encoding::Utf16Le, true);
        holds(ENGLISH, Encoding::Utf16Be, true);
        holds(ENGLISH, Encoding::Utf16Le, false);
        holds(ENGLISH, Encoding::Utf16Be, false);
        holds(ENGLISH, Encoding::Windows1252, false);
        holds("", Encoding::Utf8, false);
        holds("", Encoding::Utf16Le, true);
    }

    #[test]
    fn what_an_encoding_lacks_is_not_written() {
        assert_eq!(
            super::encode("“é”", Encoding::Windows1252),
            Some(vec![0x93, 0xe9, 0x94])
        );
        assert_eq!(super::encode("ő", Encoding::Windows1252), None);
    }

    #[test]
    fn plain_utf8_is_not_copied() {
        let bytes = ENGLISH.as_bytes().to_vec();
        let place = bytes.as_ptr();
        let decoded = decode(bytes).expect("a text");
        assert_eq!(decoded.text.as_ptr(), place);
        assert!(decoded.raw.is_empty());
        assert_eq!(decoded.map, SourceMap::identity());
    }

    #[test]
    fn a_broken_byte_does_not_make_mojibake_of_the_rest() {
        let mut bytes = "Málaga, Cádiz, León and Córdoba".as_bytes().to_vec();
        bytes.remove(2);
        let decoded = decode(bytes.clone()).expect("a text");
        assert_eq!(decoded.text, "M\u{fffd}laga, Cádiz, León and Córdoba");
        let source = decoded.map.source(Span::new(1, 4));
        assert_eq!(source, Span::new(1, 2));
        let cadiz = decoded.text.find("Cádiz").expect("the town");
        let source = decoded.map.source(Span::new(cadiz, cadiz + 6));
        assert_eq!(&bytes[source.range()], "Cádiz".as_bytes());
    }

    #[test]
    fn other_files_are_refused() {
        let refusal = |bytes: &[u8]| decode(bytes.to_vec()).err();
        assert_eq!(refusal(b"%PDF-1.7 ..."), Some(ReadError::Binary("a PDF")));
        assert_eq!(
            refusal(b"\x00\x01\x02\x03 some bytes \x00\x00"),
            Some(ReadError::Binary("a binary file"))
        );
        let (russian, _, _) = encoding_rs::WINDOWS_1251
            .encode("Владимир Путин принял в Кремле президента Казахстана Касым-Жомарта Токаева.");
        assert_eq!(refusal(&russian), Some(ReadError::Encoding("windows-1251")));
        assert_eq!(refusal("x\0".repeat(3).as_bytes()), None, "UTF-16");
    }

    /// What Windows-1252 can write, as English and Spanish use it.
    const WESTERN: &str = "[ -~\\r\\n“”‘’«»–—…€áéíóúñüçÁÉÑ¿¡ªº°£]{0,40}";

    proptest! {
        #[test]
        fn spans_lead_back_in_unicode(
            text in "[ -~\\r\\n“é漢🔥\u{301}]{0,40}",
            encoding in prop::sample::select(&[Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be][..]),
        ) {
            holds(&text, encoding, true);
        }

        #[test]
        fn spans_lead_back_in_windows_1252(text in WESTERN) {
            let bytes = encode(&text, Encoding::Windows1252, false);
            let decoded = windows_1252(bytes.clone());
            prop_assert_eq!(&decoded.text, &text);
            for (start, c) in text.char_indices() {
                let source = decoded.map.source(Span::new(start, start + c.len_utf8()));
                prop_assert_eq!(slice(&bytes[source.range()], Encoding::Windows1252), c.to_string());
            }
        }

        /// No bytes make the reader fail otherwise than by refusing them.
        #[test]
        fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(decoded) = decode(bytes.clone()) {
                let source = decoded.map.source(Span::new(0, decoded.text.len()));
                prop_assert!(source.end as usize <= bytes.len());
            }
        }
    }
}

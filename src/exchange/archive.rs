//! What lies in a ZIP archive, by name alone: nothing is unpacked here. Google hands calendars out
//! that way, and whoever names the archive is told which file in it is meant.

use std::io::Read;

use super::input::Input;
use super::read_error::ReadError;

/// Bytes at the end of an archive in which its list of files is looked for.
const TAIL: usize = 256 * 1024;
/// Most names that are told.
const MOST: usize = 4;
/// What begins an entry of the list, its length without the name, and where its parts stand.
const ENTRY: &[u8] = b"PK\x01\x02";
const HEAD: usize = 46;
const LENGTHS: [usize; 3] = [28, 30, 32];

/// What an archive turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// A document, which is an archive too: what it is, with its article.
    Document(&'static str),
    /// Files that can be imported once it is unpacked, by name; none where the list cannot be read.
    Files(Vec<String>),
}

/// Looks at the list of files at the end of an archive.
///
/// # Errors
/// When the file cannot be read.
pub fn holds(input: &mut Input) -> Result<Holds, ReadError> {
    input.rewind()?;
    let (mut tail, mut buffer) = (Vec::new(), vec![0; TAIL]);
    loop {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        tail.extend_from_slice(&buffer[..count]);
        let over = tail.len().saturating_sub(TAIL);
        tail.drain(..over);
    }
    input.rewind()?;
    Ok(told(&names(&tail)))
}

/// What lies in an archive that is a document, by how a name begins, the most telling first.
const DOCUMENTS: [(&str, &str); 9] = [
    ("xl/", "an Excel workbook"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("Index/Tables/", "a Numbers spreadsheet"),
    ("Index/CalculationEngine", "a Numbers spreadsheet"),
    ("Index/Document.iwa", "a document of Numbers, Pages or Keynote"),
    ("Index.zip", "a document of Numbers, Pages or Keynote"),
    ("[Content_Types].xml", "an Office document"),
    ("META-INF/manifest.xml", "an OpenDocument file, such as a spreadsheet of LibreOffice"),
];

fn told(names: &[String]) -> Holds {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if let Some((_, what)) = DOCUMENTS.into_iter().find(|(start, _)| has(start)) {
        return Holds::Document(what);
    }
    let ends = |name: &&String| {
        let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase());
        end.is_some_and(|end| ["ics", "csv", "json"].contains(&end.as_str()))
    };
    Holds::Files(names.iter().filter(ends).take(MOST).cloned().collect())
}

/// The names in the list of files.
fn names(bytes: &[u8]) -> Vec<String> {
    let find = |from: usize| {
        let rest = bytes.get(from..)?;
        Some(from + rest.windows(ENTRY.len()).position(|window| window == ENTRY)?)
    };
    let mut found = Vec::new();
    let mut next = find(0);
    while let Some(at) = next {
        let Some(head) = bytes.get(at..at + HEAD) else { break };
        let [name, extra, comment] =
            LENGTHS.map(|at| usize::from(u16::from_le_bytes([head[at], head[at + 1]])));
        let Some(letters) = bytes.get(at + HEAD..at + HEAD + name) else { break };
        found.push(String::from_utf8_lossy(letters).into_owned());
        next = find(at + HEAD + name + extra + comment);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04what is packed".to_vec();
        for name in names {
            let mut head = vec![0_u8; HEAD];
            head[..4].copy_from_slice(ENTRY);
            head[28..30].copy_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(&head);
            bytes.extend_from_slice(name.as_bytes());
        }
        bytes.extend_from_slice(b"PK\x05\x06");
        bytes
    }

    fn of(bytes: &[u8]) -> Holds {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        holds(&mut Input::open(file.path(), 1 << 20).unwrap()).unwrap()
    }

    #[test]
    fn the_files_to_import_are_told_and_a_document_is_what_it_is() {
        let takeout = archive(&["Takeout/readme.html", "Takeout/Calendar/Work.ics"]);
        assert_eq!(of(&takeout), Holds::Files(vec!["Takeout/Calendar/Work.ics".to_owned()]));
        for (names, what) in [
            (["[Content_Types].xml", "xl/workbook.xml"], "an Excel workbook"),
            (["[Content_Types].xml", "word/document.xml"], "a Word document"),
            (["Index/Document.iwa", "Index/Tables/DataList.iwa"], "a Numbers spreadsheet"),
            (
                ["mimetype", "META-INF/manifest.xml"],
                "an OpenDocument file, such as a spreadsheet of LibreOffice",
            ),
        ] {
            assert_eq!(of(&archive(&names)), Holds::Document(what), "{names:?}");
        }
        // What is cut off has no list.
        for bytes in [&b"PK\x03\x04...."[..], &takeout[..takeout.len() - 20]] {
            assert!(matches!(of(bytes), Holds::Files(_)), "{bytes:?}");
        }
    }
}

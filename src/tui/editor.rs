//! A text in the user's editor: a private file, the editor as an argument list without a shell, and
//! the text taken back only when the editor ended well.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Command;

/// Edits a text; `None` when it is as it was.
///
/// # Errors
/// A sentence when no editor could be run or it did not end well; the text is kept then.
pub fn edit(text: &str) -> Result<Option<String>, String> {
    let command = std::env::var("VISUAL")
        .or_else(|_| std::env::var("EDITOR"))
        .unwrap_or_else(|_| "vi".to_owned());
    let mut words = split(&command);
    if words.is_empty() {
        return Err("no editor is named: set $EDITOR".to_owned());
    }
    let program = words.remove(0);
    let directory = private_dir().map_err(|error| format!("no place for the text: {error}"))?;
    let path = directory.join("note.md");
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    if let Err(error) = written {
        return Err(format!("no place for the text: {error}"));
    }
    let status = Command::new(&program).args(&words).arg(&path).status();
    let result = match status {
        Err(error) => Err(format!("the editor “{program}” could not be started: {}", why(&error))),
        Ok(status) if !status.success() => {
            Err("the editor did not end well; the note is as it was".to_owned())
        }
        Ok(_) => std::fs::read_to_string(&path)
            .map_err(|_| "the note is not text; it is as it was".to_owned()),
    };
    // The file and its directory were made a moment ago and are ours alone.
    let _ = std::fs::remove_dir_all(&directory);
    let edited = result?;
    let edited = edited.trim_end().to_owned();
    if edited == text.trim_end() { Ok(None) } else { Ok(Some(edited)) }
}

/// Why a program did not start, in words.
fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such program; set $EDITOR".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be run here".to_owned(),
        _ => error.to_string(),
    }
}

fn private_dir() -> std::io::Result<std::path::PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let name = format!("prewire-{}", uuid::Uuid::now_v7());
    let path = std::env::temp_dir().join(name);
    std::fs::DirBuilder::new().mode(0o700).create(&path)?;
    Ok(path)
}

/// Words of a command line; quotes keep spaces, nothing else is special.
fn split(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut has_word = false;
    for letter in command.chars() {
        match (letter, quote) {
            (_, Some(open)) if letter == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(letter);
                has_word = true;
            }
            (' ', None) => {
                if has_word {
                    words.push(std::mem::take(&mut word));
                }
                has_word = false;
            }
            _ => {
                word.push(letter);
                has_word = true;
            }
        }
    }
    if has_word {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_command_is_split_without_a_shell() {
        assert_eq!(split("code --wait"), ["code", "--wait"]);
        assert_eq!(
            split("'/my editors/vim' -c \"set tw=72\""),
            ["/my editors/vim", "-c", "set tw=72"]
        );
        assert_eq!(split("vi; rm -rf /"), ["vi;", "rm", "-rf", "/"]);
    }
}

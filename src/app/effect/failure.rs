//! What could not be done, in words.

/// A refusal or a fault, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub what: String,
    pub hint: Option<String>,
    /// The change was not saved; shown as a banner rather than a toast.
    pub lasting: bool,
    /// The answer to an operation, not to a question.
    pub of_change: bool,
}

//! One thing that was read, kept while the workspace stands as it did.

use std::cell::RefCell;

use super::page::Stand;

/// What was read last, and how the workspace stood then, with whatever else it was read for.
#[derive(Debug)]
pub struct Kept<T, K = Stand>(RefCell<Option<(K, T)>>);

impl<T, K> Default for Kept<T, K> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T: Clone, K: PartialEq> Kept<T, K> {
    /// What is kept of this stand; else it is read now.
    ///
    /// # Errors
    /// What the reading says.
    pub fn or_read<E>(&self, stand: K, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let kept =
            self.0.borrow().as_ref().filter(|(of, _)| *of == stand).map(|(_, it)| it.clone());
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let read = read()?;
        *self.0.borrow_mut() = Some((stand, read.clone()));
        Ok(read)
    }
}

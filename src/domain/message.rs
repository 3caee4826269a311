//! What we say, and whether it holds: the message house, its tests in calls and on surfaces, the
//! swap test, and how often the positioning may change.

pub mod adoption;
pub mod audit;
pub mod house;
pub mod positioning;
pub mod promise;
pub mod swap;

pub use adoption::Score;

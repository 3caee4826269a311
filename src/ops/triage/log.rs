//! What triage came to: the no-log, the trade log, how often yes and no beside the reactive share,
//! and who asks how much.

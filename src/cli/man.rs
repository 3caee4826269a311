//! `man`: the manual, one page for each command, made from the same descriptions as the help.

use clap::Command;
use clap_mangen::Man;

use crate::ops::{Error, Result};

use super::families::Family;
use super::root;

pub const FAMILY: Family = Family {
    name: "man",
    command: || {
        Command::new("man")
            .about("Print the manual, for man -l")
            .before_help("Examples:\n  prewire man > prewire.1 && man -l prewire.1")
    },
    run: |call, _| {
        let mut command = root::command().disable_help_subcommand(true);
        command.build();
        let mut pages = Vec::new();
        render(&command, &mut pages)?;
        call.output.own_text(&String::from_utf8_lossy(&pages))
    },
};

fn render(command: &Command, pages: &mut Vec<u8>) -> Result<()> {
    Man::new(command.clone()).render(pages).map_err(Error::Output)?;
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        let name = inner.get_bin_name().unwrap_or(inner.get_name()).replace(' ', "-");
        render(
            &inner.clone().name(name).display_name(inner.get_bin_name().unwrap_or("").to_owned()),
            pages,
        )?;
    }
    Ok(())
}

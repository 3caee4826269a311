
# Refs, people and tags come from the workspace; the rest is above.
complete -c prewire -f -a '(prewire __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'

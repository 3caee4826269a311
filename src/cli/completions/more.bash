
# Refs, people and tags come from the workspace; the rest is above.
_prewire_and_words() {
    _prewire "$@"
    local cur="${COMP_WORDS[COMP_CWORD]}"
    case "$cur" in -*) return ;; esac
    local line
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <(prewire __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _prewire_and_words -o nosort -o bashdefault -o default prewire
